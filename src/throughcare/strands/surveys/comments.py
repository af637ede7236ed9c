"""Reading what was written in free words, with what looks like a name pointed out before anything is quoted."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.pilot import current_pilot
from throughcare.core.pages import Page
from throughcare.strands.surveys import asking_models as m
from throughcare.strands.surveys.made.questions import AUDIENCES, read
from throughcare.strands.surveys.telling import telling


def comments(request: HttpRequest, wave: int) -> HttpResponse:
    """By question, what was written, in no order, once the wave is closed. Of a kind of which few wrote, the kind is not told."""
    found = m.SurveyWave.objects.select_related("version__survey").filter(pk=wave).first()
    if found is None:
        raise Http404
    pilot = current_pilot()
    written = list(m.Comment.objects.filter(wave=found.slug).order_by("pk")) if found.closed else []
    told = []
    for asked in read(found.version.questions):
        theirs = [each for each in written if each.question == asked.slug]
        groups = [each.group for each in theirs]
        few = any(0 < groups.count(group) < pilot.smallest_published for group in AUDIENCES)
        if asked.kind == "text":
            told.append({"text": asked.text, "said": [
                {"text": each.text, "who": "" if few else AUDIENCES[each.group], "telling": telling(each.text, pilot)}
                for each in theirs
            ]})  # fmt: skip
    return render(request, "surveys/comments.html", {"wave": found, "survey": found.version.survey, "told": told})


PAGES = (Page(name="survey-comments", route="surveys/waves/<int:wave>/words/", view=comments, needs="survey_answers"),)
