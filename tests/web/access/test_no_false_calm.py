"""Each feed is withheld from whose day rests on it: that it did not come is said, by its name; nothing is told as if it had."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.web.access.world import DAY
from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.models import FileLoad
from throughcare.strands.courts.models import ListReceived
from throughcare.web import late

WITHHELD = [(role, feed) for role, theirs in late.RESTS_ON.items() for feed in theirs]
PAGES = {
    # Where else the day of a role is shown than on Today, and what only a feed that came may say there.
    "court_officer": ("/court-desk/", "/courts/lists/"),
    "prison_coordinator": ("/prison/", "/prison/wings/"),
}
CALM = {
    "court-hearings": ("Nobody on this list is in the cohort", "The whole list was looked through"),
    "prison-spells": (
        "Nobody came, moved or left.", "No release of anybody in this list is planned",
        "Nobody whom you may know of is in prison", "Nothing is owed to anybody in your prisons",
    ),
}  # fmt: skip
MISSING = {"court-hearings": "Thames list not received", "prison-spells": "extract is 40 days old"}


def everything_came() -> None:
    """Each feed was loaded on the morning of the day, as if nothing were missing."""
    with recording(by="test", verb="test.clock"):
        for slug in {feed for _, feed in WITHHELD}:
            last = FileLoad.objects.filter(feed=slug).order_by("-pk").first()
            if last is None:
                FileLoad(feed=slug, name=f"{slug}.csv", digest=f"{slug}-test", rows=1, loaded_at=DAWN, loaded_by="test").save()
        FileLoad.objects.update(loaded_at=DAWN)
    late._of_the_minute.cache_clear()


DAWN = datetime(DAY.year, DAY.month, DAY.day, 6, tzinfo=UTC)


def withhold(feed: str) -> None:
    """The last file of the feed came forty days ago."""
    with recording(by="test", verb="test.clock"):
        FileLoad.objects.filter(feed=feed).update(loaded_at=DAWN - timedelta(days=40))
        if feed == "court-hearings":
            ListReceived.objects.all().delete()
    late._of_the_minute.cache_clear()


@pytest.mark.parametrize(("role", "feed"), WITHHELD)
def test_what_did_not_come_is_said_and_never_told_as_nothing(as_, world, role, feed):
    everything_came()
    withhold(feed)
    browser = as_(role)
    today = browser.get("/").content.decode()
    assert f"{feed} not received" in today
    for page in PAGES.get(role, ()):
        shown = browser.get(page).content.decode()
        assert MISSING.get(feed, "") in shown
        assert [words for words in CALM.get(feed, ()) if words in shown] == []


@pytest.mark.parametrize("role", late.RESTS_ON)
def test_when_all_came_nothing_is_said_to_be_missing(as_, world, role):
    """Without it the other test would prove nothing."""
    everything_came()
    assert "not received" not in as_(role).get("/").content.decode().replace("list not received", "")
