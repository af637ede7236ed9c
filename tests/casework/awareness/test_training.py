"""Training: invited, who came, who rates it and that nobody is known by it, who has not had what, and what Today says."""

from datetime import date, timedelta

import pytest

from tests.casework.awareness.conftest import DAY
from throughcare.casework.audit.models import Entry
from throughcare.casework.awareness import errors
from throughcare.casework.awareness import models as m
from throughcare.casework.awareness.measures import MEASURES
from throughcare.casework.awareness.tasks import tasks
from throughcare.casework.awareness.training import actions, queries
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate_all

A_DAY = timedelta(days=1)


def held(reader, *came: str, on: date = DAY - A_DAY, kind: str = "pilot", **told):
    """A training to which these came."""
    made = actions.plan(reader=reader("manager"), kind=kind, on=on, **told)
    accounts = {reader(name).account.pk: reader(name).post.role for name in came}
    actions.invite(by="test", training=made, accounts=accounts)
    actions.keep_attendance(reader=reader("manager"), training=made, came=set(accounts), others={}, outsiders={"Police": 2})
    return made


def words(reader, name: str) -> list[str]:
    return [task.words for task in tasks(reader(name))]


@pytest.mark.parametrize(("kind", "where"), [("cookery", ""), ("pilot", "with X123456")])
def test_what_the_file_does_not_have_and_numbers_of_people_are_refused(reader, kind, where):
    with pytest.raises((errors.NotOfTheFile, errors.AboutSomebody)):
        actions.plan(reader=reader("manager"), kind=kind, on=DAY, where=where)


def test_everybody_of_a_role_is_invited_once_and_no_more_than_there_are_places(reader):
    made = actions.plan(reader=reader("manager"), kind="pilot", on=DAY, places=2)
    whom = queries.of_roles(["offender_manager"], DAY)
    assert sorted(whom.values()) == ["offender_manager", "offender_manager"]
    assert [actions.invite(by="test", training=made, accounts=whom) for _ in range(2)] == [2, 0]
    with pytest.raises(errors.NoRoom):
        actions.invite(by="test", training=made, accounts=queries.of_roles(["iom_coordinator"], DAY))


def test_who_came_is_not_kept_before_the_day_nor_of_what_is_off(reader):
    made = actions.plan(reader=reader("manager"), kind="pilot", on=DAY + A_DAY)
    for _ in range(2):
        with pytest.raises(errors.NotNow):
            actions.keep_attendance(reader=reader("manager"), training=made, came=set(), others={}, outsiders={})
        m.Training.objects.get(pk=made.pk).cancelled or actions.cancel(by="test", training=made)


def test_outsiders_are_a_number_of_an_agency_and_nothing_else(reader):
    made = held(reader, "officer")
    assert list(m.Outsiders.objects.values_list("agency", "number")) == [("Police", 2)]
    actions.keep_attendance(reader=reader("manager"), training=made, came=set(), others={}, outsiders={"Police": 0})
    assert not m.Outsiders.objects.exists() and not m.Attendee.objects.filter(came=True).exists()


def test_who_came_alone_rates_and_the_second_rating_replaces_the_first(reader):
    made = held(reader, "officer")
    with pytest.raises(errors.NotThere):
        actions.rate(reader=reader("second"), training=made, stars=5)
    actions.rate(reader=reader("officer"), training=made, stars=2, comment="Too long")
    actions.rate(reader=reader("officer"), training=made, stars=4)
    assert list(m.Rating.objects.values_list("stars", "comment", "role")) == [(4, "", "offender_manager")]
    assert queries.rating_of(reader("officer").account, made).stars == 4
    assert queries.rating_of(reader("second").account, made) is None


def test_neither_the_row_nor_the_audit_tells_who_gave_which_rating(reader):
    made = held(reader, "officer")
    actions.rate(reader=reader("officer"), training=made, stars=1, comment="Not for me")
    entry = Entry.objects.filter(verb="awareness.rate").get()
    assert (entry.subject_type, entry.subject_id, entry.details) == ("awareness.training", str(made.pk), "{}")
    row = m.Rating.objects.values().get()
    assert set(row) == {"key", "training_id", "role", "stars", "comment"} and len(row["key"]) == 64


def test_comments_are_shown_once_so_many_rated_that_nobody_is_known(reader):
    made = held(reader, "officer", "second", "iom")
    for name in ("officer", "second", "iom"):
        actions.rate(reader=reader(name), training=made, stars=3, comment=f"Said {name[0]}")
    assert queries.comments(made) == ()
    enough = current_pilot().model_copy(update={"smallest_published": 3})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "current_pilot", lambda: enough)
        assert queries.comments(made) == ["Said i", "Said o", "Said s"]


def test_somebody_who_then_did_not_come_has_no_rating(reader):
    made = held(reader, "officer")
    actions.rate(reader=reader("officer"), training=made, stars=5)
    actions.keep_attendance(reader=reader("manager"), training=made, came=set(), others={}, outsiders={})
    assert not m.Rating.objects.exists()


def test_who_has_not_had_what_and_what_is_late(reader):
    held(reader, "officer", kind="referring")
    told = {each.account.username: each for each in queries.lacking(DAY)}
    assert set(told) == {"iom", "officer", "second"}  # no training is for a pilot's manager or an auditor
    assert [t.slug for t in told["officer"].lacks] == ["pilot", "tagging"] and told["officer"].since == date(2016, 11, 1)
    assert [t.slug for t in told["officer"].late] == ["pilot"]  # within 28 days; begun 36 days ago
    assert [t.slug for t in told["second"].lacks] == ["pilot", "referring", "tagging"]
    assert {each.account.username for each in queries.lacking(DAY, office="CRC Hackney")} == {"officer"}


def test_today_says_what_is_lacking_once_there_is_a_day_for_it_and_asks_who_came(reader):
    assert words(reader, "officer") == []
    actions.plan(reader=reader("manager"), kind="referring", on=DAY + A_DAY)
    assert words(reader, "officer") == [
        "You have not yet had: The pilot and its services, Finding a service and referring, Location monitoring. "
        "Next: Finding a service and referring on Thursday 8 December 2016"
    ]
    assert words(reader, "auditor") == []
    made = held(reader, "second")
    assert "You came to The pilot and its services on Tuesday 6 December 2016. How useful was it?" in words(reader, "second")
    actions.rate(reader=reader("second"), training=made, stars=5)
    assert not any("How useful" in each for each in words(reader, "second"))


def test_whoever_planned_it_is_told_until_it_is_kept_who_came(reader):
    made = actions.plan(reader=reader("manager"), kind="pilot", on=DAY - A_DAY)
    assert any("nobody has kept who came" in each for each in words(reader, "manager"))
    actions.keep_attendance(reader=reader("manager"), training=made, came=set(), others={}, outsiders={})
    assert not any("nobody has kept" in each for each in words(reader, "manager"))


def test_the_figures(reader):
    made = held(reader, "officer", "second", "iom")
    for name, stars in (("officer", 5), ("second", 4), ("iom", 1)):
        actions.rate(reader=reader(name), training=made, stars=stars)
    period = Period(start=DAY - timedelta(days=7), end=DAY + A_DAY)
    results = calculate_all(MEASURES, pilot=current_pilot(), period=period)
    told = {slug: {r.group: r.value for r in results if r.slug == slug} for slug in {r.slug for r in results}}
    assert told["awareness.events"] == {"all": 1}
    assert told["awareness.attendance"] == {"Offender manager": 2, "IOM co-ordinator": 1, "of another agency": 2, "all": 5}
    assert told["awareness.rating"]["all"] == pytest.approx(10 / 3) and told["awareness.rating.median"]["all"] == 4
    assert told["awareness.useful"]["Offender manager"] == 100 and told["awareness.useful"]["IOM co-ordinator"] == 0
    assert told["awareness.turnout"]["all"] == 100
