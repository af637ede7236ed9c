"""A feed that is late or short: those in whose charge it is are told once a due time, its owner by e-mail too."""

from datetime import date

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from tests.casework.test_feeds_arrivals import USUAL, came, london, state
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Post
from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.models import FeedTold
from throughcare.casework.notices.models import Notice
from throughcare.casework.pilot import current_pilot
from throughcare.config.mail import MailSettingError, mail_server
from throughcare.web import feeds_told
from throughcare.web.feeds_told import tell_owners

FEED = "crc-appointments"
POSTS = [
    # a post                role              of agency  is told of the CRC's feed
    ("crc-senior", "senior_officer", "CRC", True),
    ("nps-senior", "senior_officer", "NPS", False),
    ("analyst", "analyst", "", True),
    ("manager", "offender_manager", "CRC", False),      # it may not see imports
    ("administrator", "system_admin", "", False),       # it looks after accounts
    ("provider", "provider_admin", "", False),
]  # fmt: skip


@pytest.fixture
def pilot(db, monkeypatch, settings):
    """The pilot with this one feed expected, and an e-mail address of its owner; the posts above."""
    for slug, role, agency, _ in POSTS:
        access.make_post(by="test", slug=slug, title=slug, role=role, agency=agency)
    expected = current_pilot().expectation(FEED).model_copy(update={"email": "performance@crc.example"})
    changed = current_pilot().model_copy(update={"feeds": (expected,)})
    monkeypatch.setattr(feeds_told, "current_pilot", lambda: changed)
    settings.MAIL_SERVER = "smtps://mail.example"
    came(*USUAL)


def tell(at: str):
    return tell_owners(by="test", at=london(at))


def test_those_in_whose_charge_it_is_are_told_once_a_due_time(pilot):
    assert tell("2016-06-13 07:59").feeds == 0  # not due yet
    first = tell("2016-06-13 09:00")
    assert (first.feeds, first.notices) == (1, 2)
    assert set(Notice.objects.values_list("post__slug", flat=True)) == {slug for slug, _, _, is_told in POSTS if is_told}
    assert Notice.objects.first().words.startswith("crc-appointments not received; last one Friday 10 June 2016")
    again = tell("2016-06-13 09:05")
    assert (again.feeds, again.notices, again.emails) == (0, 0, 0)
    assert (tell("2016-06-14 09:00").notices, Notice.objects.count()) == (2, 4)  # due again, and late again


def test_one_that_came_short_after_it_was_late_is_told_as_short(pilot):
    tell("2016-06-13 09:00")
    came(("2016-06-13 10:00", 12))
    assert tell("2016-06-13 10:01").notices == 2
    assert set(FeedTold.objects.values_list("state", flat=True)) == {"late", "short"}


def test_pages_say_when_it_was_told(pilot):
    assert state("2016-06-13 09:00").words.endswith("London CRC performance team is to be told")
    tell("2016-06-13 09:00")
    assert state("2016-06-13 12:00").words.endswith("London CRC performance team was told on Monday 13 June 2016 at 09:00")
    assert state("2016-06-14 09:00").words.endswith("is to be told")


def test_several_are_one_notice_a_post_and_one_letter_an_address(pilot, monkeypatch):
    expected = current_pilot().expectation
    both = [expected(slug).model_copy(update={"email": "performance@crc.example"}) for slug in (FEED, "crc-people")]
    changed = current_pilot().model_copy(update={"feeds": tuple(both)})
    monkeypatch.setattr(feeds_told, "current_pilot", lambda: changed)
    told = tell("2016-06-13 09:00")
    assert (told.feeds, told.notices, told.emails, len(mail.outbox)) == (2, 2, 1, 1)
    assert Notice.objects.first().words == "2 sources in your charge are late or short: crc-appointments, crc-people"


def test_the_owner_has_an_e_mail_that_names_feeds_alone(pilot):
    assert tell("2016-06-13 09:00").emails == 1
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["performance@crc.example"], "Throughcare: 1 source is late or short")
    assert "crc-appointments not received" in letter.body
    assert FeedTold.objects.get().emailed_at == london("2016-06-13 09:00")


def test_without_a_mail_server_nobody_is_e_mailed(pilot, settings):
    settings.MAIL_SERVER = ""
    assert (tell("2016-06-13 09:00").emails, mail.outbox, FeedTold.objects.get().emailed_at) == (0, [], None)


LATER = [
    # it cannot be sent at 09:00 on Monday; tried again at   it is sent
    ("2016-06-13 09:05", 1),
    ("2016-06-14 07:59", 1),
    ("2016-06-18 12:00", 0),  # no news any more
]


@pytest.mark.parametrize(("at", "sent"), LATER)
def test_an_e_mail_that_cannot_be_sent_is_sent_next_time_as_long_as_it_is_news(pilot, at, sent):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", refuses)
        told = tell("2016-06-13 09:00")
    assert (told.notices, told.failed) == (2, ("performance@crc.example",))
    feeds_told._tell_by_email("test", london(at))
    assert len(mail.outbox) == sent


def refuses(self: EmailBackend, messages: object) -> int:
    raise ConnectionRefusedError


def test_a_feed_in_nobodys_charge_stays_to_be_told(db, monkeypatch):
    changed = current_pilot().model_copy(update={"feeds": (current_pilot().expectation(FEED),)})
    monkeypatch.setattr(feeds_told, "current_pilot", lambda: changed)
    came(*USUAL)
    assert (tell("2016-06-13 09:00").feeds, FeedTold.objects.count()) == (0, 0)


def test_a_closed_post_is_told_nothing(pilot):
    with recording(by="test", verb="test.close"):
        Post.objects.filter(slug="crc-senior").update(closed_on=date(2016, 6, 1))
    assert tell("2016-06-13 09:00").notices == 1


SERVERS = [
    ("smtps://throughcare:a%40b@mail.example", ("mail.example", 465, "throughcare", "a@b", True, False)),
    ("smtp+starttls://mail.example:2525", ("mail.example", 2525, "", "", False, True)),
    ("smtp://mail.example", ("mail.example", 25, "", "", False, False)),
]


@pytest.mark.parametrize(("url", "expected"), SERVERS)
def test_a_mail_server_is_read_from_its_address(url, expected):
    told = mail_server(url, "throughcare@example.org")
    names = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_SSL", "EMAIL_USE_TLS")
    assert tuple(told[name] for name in names) == expected


@pytest.mark.parametrize(("url", "sender"), [("mail.example", "a@b.example"), ("http://mail.example", "a@b.example"),
                                             ("smtps://mail.example", "")])  # fmt: skip
def test_a_mail_server_that_cannot_be_one_is_refused(url, sender):
    with pytest.raises(MailSettingError):
        mail_server(url, sender)


def test_without_one_nothing_is_ever_sent():
    assert mail_server("", "") == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
