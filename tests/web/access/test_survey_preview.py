"""A survey previewed: as each kind of staff will see it, marked, and nothing can be sent or is kept."""

import pytest

from tests.web.access.asking import ask
from throughcare.strands.surveys.asking_models import Invitation, Version
from throughcare.strands.surveys.models import Response

# as whom; whether the question that is asked of practitioners alone is there
SEEN = [("practitioner", True), ("provider", False), ("strategic", False)]


@pytest.mark.parametrize(("group", "there"), SEEN)
def test_it_is_what_who_answers_will_see(world, group, there):
    survey = world.ids["survey:in"]
    before = (Invitation.objects.count(), Response.objects.count(), list(Version.objects.values()))
    told = ask(world.reader("analyst"), f"/surveys/{survey}/preview/{group}/").text
    assert "Preview: as" in told and "nothing is kept" in told
    assert ("MARKSURVEYED" in told) is there
    assert "Who will see what" in told and "MARKPURPOSE" in told
    main = told.split("<main")[1].split("</main>")[0]
    assert "<form" not in main and "<button" not in main
    assert before == (Invitation.objects.count(), Response.objects.count(), list(Version.objects.values()))


def test_its_questions_stand_in_the_order_and_with_the_numbers_of_the_answering_page(world):
    from throughcare.strands.surveys.answering.forms import SurveyAnswersForm
    from throughcare.strands.surveys.asking.queries import latest_version, questions_of
    from throughcare.strands.surveys.asking_models import Survey

    survey = Survey.objects.get(pk=world.ids["survey:in"])
    asked = [each for each in questions_of(latest_version(survey)) if "practitioner" in each.asked_of]
    labels = [str(field.label) for field in SurveyAnswersForm(None, questions=asked).fields.values()]
    told = ask(world.reader("analyst"), f"/surveys/{survey.pk}/preview/practitioner/").text
    places = [told.index(label) for label in labels]
    assert len(places) == 2 and places == sorted(places)


@pytest.mark.parametrize("path", ["/surveys/{}/preview/volunteer/", "/surveys/999999/preview/provider/"])
def test_there_is_none_of_another_kind_or_survey(world, path):
    assert ask(world.reader("analyst"), path.format(world.ids["survey:in"])).status == 404
