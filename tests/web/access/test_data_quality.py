"""Data quality by role: whose extracts each sees, and who is told which records contradict themselves."""

import pytest
from django.template.loader import render_to_string

from tests.web.access.asking import ask
from throughcare.core.contracts import Finding
from throughcare.web.data_quality import Contradiction, names_records

# role, an extract that it sees, one that it does not ("" where it sees all)
WHOSE = [
    ("pilot_manager", "nps-people", ""), ("analyst", "police-arrests", ""), ("iom_coordinator", "prison-spells", ""),
    ("police_researcher", "police-arrests", "nps-people"), ("provider_admin", "provider-referrals", "police-arrests"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "seen", "unseen"), WHOSE)
def test_each_sees_the_extracts_of_its_own(world, role, seen, unseen):
    page = ask(world.reader(role), "/data-quality/").text
    assert seen in page
    assert not unseen or unseen not in page
    if unseen:
        assert ask(world.reader(role), f"/data-quality/{unseen}/").status == 404
    assert ask(world.reader(role), "/data-quality/no-such-feed/").status == 404


def test_a_court_officer_has_no_such_page(world):
    assert ask(world.reader("court_officer"), "/data-quality/").status in (403, 404)


NAMED = [("analyst", True), ("pilot_manager", False), ("iom_coordinator", False), ("evaluator", False), ("provider_admin", False)]


@pytest.mark.parametrize(("role", "named"), NAMED)
def test_which_records_is_told_to_who_may_open_every_agencys_rows_alone(world, role, named):
    told = Contradiction(
        finding=Finding(slug="a.b", title="Two at once", group="all", records=("REC-77",), mend="choose"), part="People",
        agencies=frozenset(("NPS",)), owners=("the analyst",),
    )  # fmt: skip
    reader = world.reader(role)
    assert names_records(reader) is named
    shown = {"contradictions": [told], "agencies": {}, "names": names_records(reader), "governance": True, "imports": False}
    page = render_to_string("web/data_quality.html", shown)
    assert "Two at once" in page and ("REC-77" in page) is named
