"""The dashboard's pages of a part of the pilot, beside an earlier period, and its charts as files."""


import pytest

from tests.web.access.world import World
from tests.web.test_dashboard import BY_SLUG, PERIOD
from throughcare.casework.audit.models import Entry
from throughcare.casework.pilot import current_pilot
from throughcare.measures.calculate import calculate
from throughcare.web.boards import board_of, last_write, view_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("worked_out_anew")]
ASKED = "since=2016-01&until=2016-12"


@pytest.mark.parametrize(("by", "value"), [("borough", "Hackney"), ("sex", "M"), ("provider", "Osmani Trust")])
def test_a_part_is_the_column_of_the_whole(world: World, by: str, value: str):
    """What the page of a part shows is what the calculator gives of the whole divided so."""
    reader = world.reader("pilot_manager")
    part = {r.key: r.value for r in board_of(reader, PERIOD, view_of(reader, {by: value})).results if not r.breakdown}
    wanted = {}
    for slug in ("referrals", "service.accepted"):
        for r in calculate(BY_SLUG[slug], pilot=current_pilot(), period=PERIOD, by=(by,)):
            if r.breakdown == {by: value}:
                wanted[slug, r.group, ()] = r.value
    assert sum(wanted.values()) > 0
    assert {key: part.get(key) for key in wanted} == wanted


def test_of_one_provider_it_is_not_told_for_how_many_a_service_is(world: World):
    reader = world.reader("pilot_manager")
    told = {r.slug for r in board_of(reader, PERIOD, view_of(reader, {"provider": "Osmani Trust"})).results}
    assert "referrals" in told
    assert not told & {"service.eligible", "service.accessing", "cohort.size"}


def test_who_is_not_of_governance_cannot_divide_its_part(world: World, as_):
    """The address is read as if it asked for nothing: two parts beside each other would give small numbers away."""
    worker = as_("provider_worker")
    plain = worker.get(f"/dashboard/figures.csv?{ASKED}").content
    assert worker.get(f"/dashboard/figures.csv?{ASKED}&sex=F&borough=Camden").content == plain
    assert 'name="borough"' not in worker.get(f"/dashboard/?{ASKED}").content.decode()
    assert worker.get(f"/measures/referrals/by-month.csv?{ASKED}&group=Mentoring").status_code == 404


def test_a_co_ordinator_is_offered_no_other_borough(world: World, as_):
    page = as_("iom_coordinator").get(f"/dashboard/?{ASKED}&borough=Camden").content.decode()
    assert 'name="borough"' not in page
    assert 'name="sex"' in page


def test_what_is_asked_stays_in_every_address(world: World, as_):
    page = as_("pilot_manager").get(f"/dashboard/?{ASKED}&borough=Hackney&sex=M&against=before").content.decode()
    assert "Hackney, Men" in page
    kept = "since=2016-01&amp;until=2016-12&amp;borough=Hackney&amp;sex=M&amp;against=before"
    assert f"/dashboard/mentoring/?{kept}" in page
    assert f"/measures/referrals/?{kept}" in page
    assert "Difference" in as_("pilot_manager").get(f"/dashboard/mentoring/?{ASKED}&against=before").content.decode()


@pytest.mark.parametrize("asked", ["borough=Atlantis", "against=never", "since=2016-12&until=2016-01"])
def test_what_cannot_be_is_told_and_nothing_breaks(world: World, as_, asked: str):
    answer = as_("pilot_manager").get(f"/dashboard/?{asked}")
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()


# chart -> what it is as a file
FILES = [
    ("/measures/referrals/by-month", "&group=Mentoring"), ("/measures/referrals/by-borough", "&group=Mentoring"),
    ("/measures/referrals/by-provider", "&group=Mentoring"), ("/dashboard/mentoring/way", ""),
]  # fmt: skip


@pytest.mark.parametrize(("chart", "more"), FILES)
def test_every_chart_is_a_file_to_keep(world: World, as_, chart: str, more: str):
    manager = as_("pilot_manager")
    begins = {"csv": b"id,group,", "png": b"\x89PNG", "svg": b"<svg"}
    for form, first in begins.items():
        answer = manager.get(f"{chart}.{form}?{ASKED}{more}")
        assert answer.status_code == 200, form
        assert answer.content.startswith(first), form
        assert "attachment" in answer["Content-Disposition"]
    assert manager.get(f"{chart}.pdf?{ASKED}{more}").status_code == 404


@pytest.mark.parametrize("address", ["/measures/referrals/by-sex.csv", "/measures/referrals/by-month.csv", "/dashboard/nothing/"])
def test_a_chart_or_service_that_is_not_there_is_not_there(world: World, as_, address: str):
    assert as_("pilot_manager").get(f"{address}?{ASKED}").status_code == 404


def test_the_run_chart_says_in_words_what_it_shows(world: World, as_):
    page = as_("pilot_manager").get(f"/dashboard/mentoring/?{ASKED}").content.decode()
    assert 'role="img"' in page
    assert "whole months" in page
    assert "too few to tell noise from news" in page or "its control limits" in page


def test_taking_a_list_away_as_a_file_works_nothing_out_anew(world: World, as_):
    before = last_write()
    assert as_("iom_coordinator").get("/cohort/members.csv").status_code == 200
    assert Entry.objects.order_by("-pk").filter(verb="cohort.export").exists()
    assert last_write() == before
