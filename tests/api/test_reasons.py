"""The reasons beside figures, by token: those that the dashboard of the same post has, and none other."""

from datetime import date

import pytest

from throughcare.casework.reasons.actions import write_reason

PERIOD = {"start": "2016-01-01", "end": "2017-01-01"}
# what was written of the cohort's size, which is told, by role: "stands", "was" (fallen away), None
CASES = [
    ("pilot_manager", "", "stands"), ("analyst", "", "stands"), ("analyst", "99", "was"),
    ("iom_coordinator", "", None),  # of its borough nothing is written
    ("health_practitioner", "", None), ("employment_broker", "", None),  # no figure of their pathway
]  # fmt: skip


@pytest.mark.parametrize(("role", "figure", "expected"), CASES)
def test_a_reason_stands_beside_its_figure(api, world, role, figure, expected):
    def cohort(of: str) -> dict | None:
        answer = api(of).get("/api/v1/figures/cohort.size", PERIOD)
        told = answer.json().get("figures", ()) if answer.status_code == 200 else ()
        return next((each for each in told if not each["by"]), None)

    stood = cohort("pilot_manager")
    assert stood["reason"] is None
    write_reason(
        reader=world.reader("pilot_manager"), measure="cohort.size", group=stood["group"], part="", since=date(2016, 1, 1),
        until=date(2017, 1, 1), figure=figure or stood["shown"], target="", whole=True, text="The panel met twice.",
    )  # fmt: skip
    told = cohort(role)
    reason = told and told["reason"]
    assert (reason and ("stands" if reason["stands"] else "was")) == expected
    if reason:
        assert (reason["text"], reason["since"], reason["until"]) == ("The panel met twice.", "2016-01-01", "2017-01-01")
        assert reason["was"] == (figure or stood["shown"])


def test_a_reason_is_of_its_months(api, world):
    write_reason(
        reader=world.reader("pilot_manager"), measure="cohort.size", group="all", part="", since=date(2016, 1, 1),
        until=date(2017, 1, 1), figure="1", target="", whole=True, text="The panel met twice.",
    )  # fmt: skip
    told = api("pilot_manager").get("/api/v1/figures", {"start": "2016-02-01", "end": "2017-01-01"}).json()["figures"]
    reasons = [each["reason"] for each in told if each["reason"]]
    assert all(not reason["stands"] for reason in reasons)
