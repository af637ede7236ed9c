"""E-mails: the morning's digest to whom and when, at once what is off, each once; and never a telling word in any of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from tests.web.access.world import DAY, PEOPLE, World, traces_of
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Account, Holding
from throughcare.casework.mail import actions
from throughcare.casework.mail.models import DAILY, FAILED, NONE, OFF, OVERDUE, SENDING, SENT, Choice, Email
from throughcare.casework.mail.words import KINDS, Open, digest, kind_of
from throughcare.casework.pilot import current_pilot
from throughcare.registry.parts import declared
from throughcare.web import mailing
from throughcare.web.mailing import mail_digests, mail_round, open_for

AT = datetime(2016, 12, 7, 9, tzinfo=UTC)


@pytest.fixture
def addressed(world: World) -> World:
    """Every account of the world has an address of its own."""
    return with_an_address(world, *world.accounts)


@pytest.fixture
def three_addressed(world: World) -> World:
    """Of the accounts these alone have an address, so that no other's day is worked out."""
    return with_an_address(world, "offender_manager", "camden-manager", "volunteer")


def with_an_address(world: World, *names: str) -> World:
    for account in Account.objects.filter(username__in=names):
        account.email = f"a{account.pk}@example.org"
        account.save()
    return world


def to(world: World, name: str) -> list[Any]:
    account = Account.objects.get(username=name)
    return [each for each in mail.outbox if each.to == [account.email]]


def run(day: date = DAY):
    return mail_digests(by="test", day=day, at=AT)


def told_off(world: World, name: str = "volunteer", *, day: date = DAY, by: str = "test", again: bool = False) -> bool:
    return actions.tell_off(
        by=by, post=world.posts[name], key="test.off:1", day=day, on=DAY, at=AT, person=world.people["in"], row="sessions",
        address="/meetings/1/", again=again,
    )  # fmt: skip


def test_each_is_told_what_today_counts_and_twice_on_a_day_sends_once(addressed):
    first, again = run(), run()
    assert (again.kept, again.sent) == (0, 0) and first.kept == first.sent == len(mail.outbox) > 10
    found = open_for(Account.objects.get(username="offender_manager"), DAY)
    (letter,) = to(addressed, "offender_manager")
    assert f"{found.now} things need you today" in letter.subject and f"{found.overdue} things are overdue" in letter.body
    assert "http" in letter.body and len(letter.to) == 1 and not letter.cc and not letter.bcc
    assert run(DAY + timedelta(days=1)).kept


# who is sent a digest | what is done before | whether it comes
WHO = [
    ("as ever", lambda world, account: None, True),
    ("turned off", lambda world, account: actions.choose(reader=world.reader("offender_manager"), digest=NONE), False),
    ("only overdue, and something is", lambda world, account: actions.choose(
        reader=world.reader("offender_manager"), digest=OVERDUE), True),
    ("left", lambda world, account: access.remove_account(by="test", account=account, on=DAY), False),
    ("without a post", lambda world, account: access.let_go(by="test", holding=Holding.objects.get(account=account), on=DAY),
     False),
    ("without an address", lambda world, account: Account.objects.filter(pk=account.pk).update(email=""), False),
    ("away, covered", lambda world, account: access.hold(
        by="test", post=world.posts["offender_manager"], account=world.accounts["camden-manager"], start=DAY,
        end=DAY + timedelta(days=7), cover=True), False),
]  # fmt: skip


@pytest.mark.parametrize(("before", "comes"), [each[1:] for each in WHO], ids=[each[0] for each in WHO])
def test_to_whom_it_goes(three_addressed, before, comes):
    account = Account.objects.get(username="offender_manager")
    before(three_addressed, account)
    run()
    assert bool([each for each in mail.outbox if each.to == [account.email]]) == comes
    assert to(three_addressed, "camden-manager"), "the cover, like everybody else, gets theirs"


def test_only_overdue_says_nothing_where_nothing_is(three_addressed, monkeypatch):
    actions.choose(reader=three_addressed.reader("offender_manager"), digest=OVERDUE)
    monkeypatch.setattr(mailing, "open_for", lambda account, day: Open(now=1))
    run()
    assert not to(three_addressed, "offender_manager") and to(three_addressed, "volunteer")


ROUNDS = [
    (datetime(2016, 12, 7, 6, 59, tzinfo=UTC), False),   # before the pilot file's time
    (datetime(2016, 12, 7, 7, 0, tzinfo=UTC), True),
    (datetime(2016, 12, 10, 9, 0, tzinfo=UTC), False),   # a Saturday
    (datetime(2016, 12, 26, 9, 0, tzinfo=UTC), False),   # a bank holiday
]  # fmt: skip


@pytest.mark.parametrize(("at", "goes"), ROUNDS)
def test_it_goes_on_working_mornings(three_addressed, at, goes):
    mail_round("worker", at)
    assert bool(mail.outbox) == goes


def test_without_a_mail_server_nothing_is_kept_or_sent(addressed, settings):
    settings.DEMONSTRATION = None
    assert run().kept == 0 and told_off(addressed) and not mail.outbox and not Email.objects.exists()


def test_one_that_cannot_go_is_kept_tried_again_and_shown_to_the_administrator(three_addressed, as_, monkeypatch):
    def refuses(self, messages):
        raise OSError("no route to MARKHOST")

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", refuses)
        assert run().failed
    assert set(Email.objects.values_list("state", "tries", "fault")) == {(FAILED, 1, "OSError")}
    assert "did not go" in as_("system_admin").get("/").content.decode()
    page = as_("system_admin").get("/emails/").content.decode()
    assert "Could not go" in page and "MARKHOST" not in page
    run()
    assert set(Email.objects.values_list("state", "tries")) == {(SENT, 2)}


def test_one_that_may_have_gone_when_the_program_died_goes_no_more(addressed):
    told_off(addressed)
    actions._begin("test", Email.objects.get().pk)
    assert actions.send(by="test", day=DAY, at=AT) == (0, ()) and Email.objects.get().state == SENDING


def test_old_ones_are_forgotten(three_addressed):
    run()
    kept_for = timedelta(days=current_pilot().mail.kept_for)
    assert actions.forget(by="test", day=DAY + kept_for) == 0
    assert actions.forget(by="test", day=DAY + kept_for + timedelta(days=1)) > 0 and not Email.objects.exists()


OFF_ON = [(0, True), (1, True), (2, False), (-1, False)]


@pytest.mark.parametrize(("ahead", "told"), OFF_ON)
def test_what_is_off_today_or_tomorrow_is_told_once(addressed, as_, ahead, told):
    day = DAY + timedelta(days=ahead)
    assert [told_off(addressed, day=day), told_off(addressed, day=day)] == [told, False]
    actions.send(by="test", day=DAY, at=AT)
    assert len(to(addressed, "volunteer")) == told
    page = as_("volunteer").get("/").content.decode()
    assert ("What you were to do on" in page) == told


def test_it_cannot_be_turned_off_and_goes_to_the_cover_and_not_to_who_did_it(addressed):
    actions.choose(reader=addressed.reader("volunteer"), digest=NONE)
    access.hold(by="test", post=addressed.posts["volunteer"], account=addressed.accounts["camden-manager"], start=DAY,
                end=DAY + timedelta(days=7), cover=True)  # fmt: skip
    assert not told_off(addressed, by="volunteer as volunteer")
    assert told_off(addressed)
    assert set(Email.objects.values_list("account__username", "kind")) == {("volunteer", OFF), ("camden-manager", OFF)}


def test_on_again_is_told_where_it_was_told_off_and_then_off_anew(addressed):
    told = [told_off(addressed, again=again) for again in (True, False, False, True, True, False)]
    assert told == [False, True, False, True, False, True]


def test_whoever_chooses_sees_it_kept(addressed, as_):
    browser = as_("volunteer")
    assert Choice.objects.count() == 0 and "example.org" in browser.get("/account/emails/").content.decode()
    browser.post("/account/emails/", {"digest": OVERDUE})
    assert Choice.objects.get().digest == OVERDUE
    assert browser.post("/account/emails/", {"digest": "no such"}).status_code == 200
    browser.post("/account/emails/", {"digest": DAILY})
    assert Choice.objects.get().digest == DAILY


def telling() -> set[str]:
    """Words that no e-mail may hold: who the people are, and what would tell of them; every name of the pilot file."""
    pilot = current_pilot()
    named = {*pilot.boroughs, *pilot.courts, *pilot.prisons, *(p.name for p in pilot.providers),
             *(s.name for s in pilot.services)}  # fmt: skip
    parts = {part.title for part in declared() if part.slug not in ("access", "imports", "referrals", "mail", "notices", "today")}
    of_people = {trace for who in PEOPLE for trace in traces_of(who)}
    general = {"MARK", "E8 4QN", "1991-", "/1991", "mental", "women", "drug", "court", "prison", "police", "custody", "visit"}
    return {*named, *parts, *of_people, *general}


def found_in(letters: list[Any]) -> set[str]:
    whole = "\n".join(str(each.message()) + each.subject + each.body for each in letters).lower()
    return {word for word in telling() if word.lower() in whole}


def every_mail(world: World, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Sends all that can be sent in the world; gives the kinds of task of all who were sent a digest."""
    kinds: set[str] = set()
    real = mailing.waiting_for

    def seen(reader):
        tasks = real(reader)
        kinds.update(task.kind for task in tasks)
        return tasks

    monkeypatch.setattr(mailing, "waiting_for", seen)
    for name in world.posts:
        told_off(world, name)
    run()
    for name in world.posts:
        told_off(world, name, again=True)
    actions.send(by="test", day=DAY, at=AT)
    return kinds


def test_no_mail_tells_of_anybody(addressed, monkeypatch):
    assert len(every_mail(addressed, monkeypatch)) > 20
    assert len(mail.outbox) > 60 and found_in(mail.outbox) == set()


@pytest.mark.parametrize("leak", [lambda task: task.words, lambda task: task.kind, lambda task: task.act[1]])
def test_the_walk_finds_a_task_that_is_put_into_one(addressed, monkeypatch, leak):
    real = mailing.waiting_for
    monkeypatch.setattr(mailing, "kind_of", lambda key: (key, key))
    monkeypatch.setattr(mailing, "waiting_for", lambda reader: [_with_key(task, leak(task)) for task in real(reader)])
    run()
    assert found_in(mail.outbox)


def _with_key(task, key: str):
    return type(task)(**{**task.__dict__, "key": key})


KEYS = [
    ("referrals.question:4", "referral question"), ("referrals:4", "referral"), ("referrals.answer:4", "referral"),
    ("notes.concern:1", "worry"), ("access.handover:2", "matter of posts and rights"), ("mental_health:1", "other thing"),
    ("referralsx:1", "other thing"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "called"), KEYS)
def test_a_kind_not_on_the_list_is_an_other_thing(key, called):
    assert kind_of(key)[0] == called


def test_the_words():
    found = Open(now=3, later=1, overdue=1, notices=2, kinds={KINDS["referrals.question"]: 1, KINDS["referrals"]: 3})
    subject, text = digest(found, link="https://x/")
    assert subject == "Throughcare: 3 things need you today"
    lines = ["3 things need you today.", "1 more thing is for this week or after.", "1 thing is overdue.", "2 new notices."]
    assert text.splitlines()[:4] == lines
    assert "Among them: 3 referrals; 1 referral question." in text and "https://x/" in text
    subject, text = actions.off_words(date(2017, 7, 3), again=False, ring="020 7946 0000", link="https://x/")
    assert text.startswith("What you were to do on Monday 3 July 2017 is off.") and "ring 020 7946 0000" in text
