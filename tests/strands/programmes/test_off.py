"""What is off, from the hook to the e-mail: once to whoever was to go or whose person was to come, naming nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from tests.strands.programmes.test_groups import full, group, sent, state
from tests.strands.programmes.test_meetings import DAY, at, happened, plan, referral
from tests.strands.programmes.test_volunteers import volunteer
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Account
from throughcare.casework.mail.actions import send
from throughcare.casework.notices.models import Notice
from throughcare.strands.programmes.actions import book_appointment
from throughcare.strands.programmes.groups import actions as groups
from throughcare.strands.programmes.groups import queries
from throughcare.strands.programmes.meetings import actions as meetings

__all__ = ["full", "group", "plan", "referral", "sent", "state", "volunteer"]
TOMORROW = DAY + timedelta(days=1)
NOBODY = ("Ashdown", "Grouped", "mentoring", "Mentoring", "TIGER", "Osmani", "Pentonville", "Mare Street", "custody")


@pytest.fixture(autouse=True)
def _service(settings):
    settings.DEMONSTRATION = DAY
    settings.ADDRESS = "https://throughcare.test"


def holds(post, name: str) -> None:
    """Somebody with an address holds the post."""
    account = Account.objects.filter(username=name).first() or access.make_account(by="t", username=name)
    account.email = f"{name}@example.org"
    account.save()
    access.hold(by="t", post=post, account=account, start=date(2016, 1, 1))


def went(day: date = DAY) -> list[tuple[str, str]]:
    """What went out when all that waits was sent, twice over: to whom, and the first line."""
    before = len(mail.outbox)
    for _ in range(2):
        send(by="t", day=day, at=datetime(2016, 10, 14, 9, tzinfo=UTC))
    assert [word for letter in mail.outbox for word in NOBODY if word in letter.subject + letter.body] == []
    return [(letter.to[0].partition("@")[0], letter.body.splitlines()[0]) for letter in mail.outbox[before:]]


OFF = "What you were to do on Saturday 15 October 2016 is off."
THEIRS = "What one of your people was to go to on Saturday 15 October 2016 is off."


def cancelled(meeting, person):
    meetings.cancel(by="t", meeting=meeting, reason="us", on=DAY)


def moved(meeting, person):
    meetings.move(by="t", meeting=meeting, starts_at=at(20), reason="us", on=DAY)


def in_custody(meeting, person):
    happened("prison.received", person, "Pentonville")


def recalled(meeting, person):
    happened("programmes.recall", person, "")




@pytest.mark.parametrize("hook", [cancelled, moved, in_custody, recalled], ids=lambda hook: hook.__name__)
def test_each_hook_of_a_meeting_tomorrow_ends_in_one_e_mail(plan, volunteer, referral, hook):
    holds(volunteer.post, "vera")
    meeting = plan(15, post=volunteer.post)
    hook(meeting, referral.person_id)
    assert went() == [("vera", OFF)]
    happened("prison.received", referral.person_id, "Pentonville")  # whatever comes after, it is off already
    assert went() == []


def test_the_same_event_given_twice_sends_no_second(plan, volunteer, referral):
    holds(volunteer.post, "vera")
    plan(15, post=volunteer.post)
    for _ in range(2):
        in_custody(None, referral.person_id)
    assert went() == [("vera", OFF)]


def test_a_meeting_of_next_week_is_told_on_screen_alone(plan, volunteer, referral):
    holds(volunteer.post, "vera")
    cancelled(plan(21, post=volunteer.post), referral.person_id)
    assert (went(), Notice.objects.filter(post=volunteer.post).count()) == ([], 1)


def test_an_appointment_with_somebody_taken_into_custody(referral, manager):
    holds(manager.post, "mona")
    access.allocate(by="t", person=referral.person_id, post=manager.post, on=date(2016, 10, 1))
    book_appointment(by="t", person=referral.person, due_on=TOMORROW)
    book_appointment(by="t", person=referral.person, due_on=DAY + timedelta(days=10))
    for _ in range(2):
        in_custody(None, referral.person_id)
    assert went() == [("mona", OFF)]


@pytest.fixture
def group_of_two_managers(full, sent, reader_of, manager):
    """Eight in a group that meets on the 14th, the 21st and the 28th: two of Mona's, one of Nell's, the others nobody's."""
    nell = reader_of("offender_manager", DAY, "nell").post
    for number, post in ((0, manager.post), (1, manager.post), (2, nell)):
        access.allocate(by="t", person=sent[number].person_id, post=post, on=date(2016, 10, 1))
    rise = reader_of("provider_worker", DAY, "rise", place="rise_mutual").post
    for post, name in ((manager.post, "mona"), (nell, "nell"), (rise, "rose")):
        holds(post, name)
    return full


def test_a_group_day_called_off_is_told_to_the_desk_and_each_manager_once(group_of_two_managers, manager):
    first = queries.days_of(group_of_two_managers)[1]
    eve = first.on - timedelta(days=1)
    for _ in range(2):
        groups.call_off(by="t", day=first, on=eve)
    on_the_day = "on Friday 21 October 2016 is off."
    theirs = f"What one of your people was to go to {on_the_day}"
    assert sorted(went(eve)) == [("mona", theirs), ("nell", theirs), ("rose", f"What you were to do {on_the_day}")]
    assert Notice.objects.filter(post=manager.post).values("person").distinct().count() == 2  # a notice for each of hers
    assert Notice.objects.filter(post=manager.post).count() == 2


@pytest.mark.parametrize(("ahead", "e_mails", "notices"), [(0, 3, 4), (-1, 3, 4), (-2, 0, 4), (1, 0, 0)])
def test_how_near_the_group_day_is(group_of_two_managers, ahead, e_mails, notices):
    day = queries.days_of(group_of_two_managers)[1]
    on = day.on + timedelta(days=ahead)
    groups.call_off(by="t", day=day, on=on)
    assert (len(went(on)), Notice.objects.count()) == (e_mails, notices)


def test_who_calls_it_off_is_not_told(group_of_two_managers):
    day = queries.days_of(group_of_two_managers)[1]
    groups.call_off(by="rose as rise", day=day, on=day.on)
    assert sorted(name for name, _ in went(day.on)) == ["mona", "nell"]


def test_a_group_that_will_not_be_is_told_by_its_first_day(group_of_two_managers):
    groups.cancel(by="t", group=group_of_two_managers, on=DAY)
    assert sorted(name for name, _ in went()) == ["mona", "nell", "rose"]
