"""Surveys asked in the service: what may be asked, when, of whom; links, reminders, answers, the end of a wave."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from pydantic import ValidationError

from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.core.pilot_work import Surveys
from throughcare.strands.surveys import asking_models as m
from throughcare.strands.surveys import errors
from throughcare.strands.surveys.answering.actions import answer, close_due, link_of
from throughcare.strands.surveys.asking import actions, queries
from throughcare.strands.surveys.asking.queries import Invitee
from throughcare.strands.surveys.made.links import NONCE, token_of
from throughcare.strands.surveys.made.questions import QuestionRefused, library, made, read, wave_of
from throughcare.strands.surveys.models import Answer, Response
from throughcare.strands.surveys.rounds import post
from throughcare.strands.surveys.tests.asked import CLOSES, DAY, EVERYBODY, OPENS, people, survey, tokens, wave

pytestmark = pytest.mark.django_db
MORE = {"text": "One more?", "kind": "text", "asked_of": EVERYBODY, "slug": "x.q9"}


@pytest.fixture
def posted(settings):
    settings.MAIL_SERVER, settings.EMAIL_BACKEND = "mail.example", "django.core.mail.backends.locmem.EmailBackend"
    return mail.outbox


# what is wrong with a question, and what is said
REFUSED = [
    ({"kind": "statement"}, "a statement needs a scale"),
    ({"kind": "statement", "scale": "ticked"}, "a statement needs a scale"),
    ({"kind": "one", "options": ["only"]}, "from 2 to 12"),
    ({"kind": "several", "options": ["Same", "same"]}, "from 2 to 12 different"),
    ({"kind": "several", "options": ["a", "b" * 31]}, "at most 30 characters"),
    ({"kind": "text", "options": ["a", "b"]}, "only a list"),
    ({"kind": "text", "asked_of": []}, "at least 1 item"),
    ({"kind": "text", "asked_of": ["volunteer"]}, "practitioner"),
    ({"kind": "text", "text": ""}, "at least 1 character"),
]


@pytest.mark.parametrize(("change", "says"), REFUSED)
def test_a_question_that_cannot_be_asked_is_refused(change, says):
    with pytest.raises(QuestionRefused, match=says):
        made(**{"slug": "s1.q1", "text": "What?", "asked_of": EVERYBODY} | change)


def test_a_version_is_frozen_by_its_first_answer_and_a_change_makes_the_next():
    found = survey()
    first = wave(people(5), of=found)
    assert actions.put_question(by="analyst", survey=found, asked=made(**MORE)).number == 1
    answer(token=next(iter(tokens(first).values())), answers={}, comments={}, day=OPENS)
    later = actions.plan_wave(by="analyst", survey=found, opens_on=CLOSES, closes_on=CLOSES + timedelta(days=9), day=DAY)
    assert later.version.number == 1
    actions.drop_question(by="analyst", survey=found, place=1)
    later.refresh_from_db()
    first.refresh_from_db()
    assert (first.version.number, later.version.number) == (1, 2)
    assert read(first.version.questions)[0].slug == "partners_new"
    assert "partners_new" not in [each.slug for each in read(later.version.questions)]
    assert actions.new_slug(found) != "x.q9"  # a slug that was asked once is not given to another question


def test_questions_move_up_and_are_there_once():
    found = survey()
    version = actions.move_question(by="analyst", survey=found, place=2)
    assert [each.slug for each in queries.questions_of(version)][:2] == [f"s{found.pk}.q1", "partners_new"]
    with pytest.raises(QuestionRefused):
        actions.put_question(by="analyst", survey=found, asked=library()["partners_new"])
    with pytest.raises(QuestionRefused):
        actions.drop_question(by="analyst", survey=found, place=9)


# days of a second wave after one of 16 January to 6 February, and whether it can be
WAVES = [
    (CLOSES, CLOSES + timedelta(days=1), True),
    (CLOSES - timedelta(days=1), CLOSES + timedelta(days=9), False),  # the first is open still
    (CLOSES, CLOSES, False),
    (CLOSES, CLOSES + timedelta(days=121), False),
]


@pytest.mark.parametrize(("opens", "closes", "can"), WAVES)
def test_waves_follow_one_another(opens, closes, can):
    found = survey()
    plan = {"by": "analyst", "survey": found, "day": DAY}
    actions.plan_wave(opens_on=OPENS, closes_on=CLOSES, **plan)
    if can:
        assert actions.plan_wave(opens_on=opens, closes_on=closes, **plan).number == 2
        actions.plan_wave(opens_on=closes, closes_on=closes + timedelta(days=1), **plan)
        with pytest.raises(errors.NotNow, match="3 waves"):
            actions.plan_wave(opens_on=closes + timedelta(days=1), closes_on=closes + timedelta(days=2), **plan)
    else:
        with pytest.raises(errors.DaysRefused):
            actions.plan_wave(opens_on=opens, closes_on=closes, **plan)


# who is asked, and what stands against sending
SENDING = [
    ([], "Too few"),
    (people(4), "Too few"),
    (people(5), ""),
    (people(5) + people(1, "provider", "Pact"), "Too few"),
    (people(5) + people(5, "provider", "Pact"), ""),
    (people(3) + people(9)[:3] + people(2, organisation="NPS"), ""),  # the same address twice is one
]


@pytest.mark.parametrize(("invitees", "says"), SENDING)
def test_a_wave_is_sent_to_enough_of_each_kind_alone(invitees, says):
    if not says:
        assert wave(invitees).sent
        return
    with pytest.raises(errors.TooFew, match=says):
        wave(invitees)


def test_nobody_is_added_once_the_links_are_out():
    found = wave(people(5))
    with pytest.raises(errors.NotNow):
        actions.invite(by="analyst", wave=found, invitees=people(6)[5:])
    with pytest.raises(errors.NotNow):
        actions.take_out(by="analyst", wave=found, group="practitioner")
    with pytest.raises(errors.InviteeRefused):
        wave([*people(5), Invitee(group="volunteer")])


def test_links_go_out_once_reminders_twice_and_never_to_who_has_answered(posted):
    found = wave(people(5))
    assert queries.reminder_days(found) == (date(2017, 1, 26), date(2017, 2, 3))
    sent = {}
    january = [date(2017, 1, day) for day in (15, 16, 16, 25, 26)]
    for day in (*january, date(2017, 2, 3), date(2017, 2, 5), CLOSES):
        sent[day] = sent.get(day, 0) + actions.send_due(by="worker", day=day)
        if day == date(2017, 1, 25):
            for address in ("practitioner0@crc.example", "practitioner1@crc.example"):
                answer(token=tokens(found)[address], answers={}, comments={}, day=day)
    assert list(sent.values()) == [0, 5, 0, 3, 3, 0, 0]
    assert {each.to[0] for each in posted[5:]} == {f"practitioner{n}@crc.example" for n in (2, 3, 4)}


# half way, days before the end, and the days on which is reminded of a wave from 16 January to before 6 February
REMINDED = [
    (True, (3,), (date(2017, 1, 26), date(2017, 2, 3))), (False, (3,), (date(2017, 2, 3),)), (False, (), ()),
    (True, (7, 1), (date(2017, 1, 26), date(2017, 1, 30), date(2017, 2, 5))),
    (True, (11,), (date(2017, 1, 26),)),  # the same day twice is once
    (False, (20, 19), (date(2017, 1, 18),)),  # not on the day after it opened
]  # fmt: skip


@pytest.mark.parametrize(("half_way", "before", "days"), REMINDED)
def test_reminders_go_when_the_pilot_file_says(db, monkeypatch, half_way, before, days):
    told = current_pilot().model_copy(update={"surveys": Surveys(remind_half_way=half_way, remind_before_end=before)})
    monkeypatch.setattr(queries, "current_pilot", lambda: told)
    assert queries.reminder_days(m.SurveyWave(opens_on=OPENS, closes_on=CLOSES)) == days


@pytest.mark.parametrize("before", [(0,), (61,), (3, 3), (1, 2, 3, 4, 5)])
def test_reminders_that_cannot_be_are_refused(before):
    with pytest.raises(ValidationError):
        Surveys(remind_before_end=before)


def test_an_email_names_nobody_and_says_nothing_of_the_pilot_and_no_link_is_stored(posted):
    found = wave(people(5))
    actions.send_due(by="worker", day=OPENS)
    (first, *_) = posted
    token = tokens(found)[first.to[0]]
    assert token in first.body
    for word in (current_pilot().name, "Staff survey", "probation", "offend", "practitioner", "CRC"):
        assert word.lower() not in f"{first.subject} {first.body.replace(first.to[0], '')}".lower()
    stored = str(list(m.Invitation.objects.values()))
    assert token not in stored and token[NONCE:] not in stored


def test_what_could_not_go_is_tried_again(posted, settings):
    found = wave(people(5))
    settings.EMAIL_BACKEND = "throughcare.no.such.Backend"
    with pytest.raises(ImportError):
        actions.send_due(by="worker", day=OPENS)
    assert m.Invitation.objects.filter(wave=found, state=m.SENDING).count() == 1  # nobody can know: it goes no more
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert actions.send_due(by="worker", day=OPENS) == 4


# a link on a day, and why it does not work
LINKS = [
    ("first", OPENS - timedelta(days=1), "early"),
    ("first", OPENS, ""),
    ("first", CLOSES - timedelta(days=1), ""),
    ("first", CLOSES, "closed"),
    ("made up", OPENS, "made_up"),
    ("cut short", OPENS, "made_up"),
    ("forgotten", OPENS, "closed"),
    ("used", OPENS, "used"),
]


@pytest.mark.parametrize(("which", "day", "why"), LINKS)
def test_a_link_works_once_while_the_wave_is_open(which, day, why):
    links = list(tokens(wave(people(5))).values())
    answer(token=links[1], answers={}, comments={}, day=OPENS)
    token = {
        "first": links[0], "made up": "a" * 40, "cut short": links[0][:-1], "forgotten": token_of("b" * NONCE), "used": links[1],
    }  # fmt: skip
    if not why:
        assert link_of(token[which], day).group == "practitioner"
        return
    with pytest.raises(errors.NoSuchLink) as refusal:
        answer(token=token[which], answers={}, comments={}, day=day)
    assert refusal.value.expected == why
    assert Response.objects.count() == 1


@pytest.mark.parametrize("given", [{"partners_new": "yes"}, {"workload": "agree"}, {"none": "agree"}])
def test_an_answer_to_what_was_not_asked_or_off_the_scale_is_refused_and_the_link_is_not_used(given):
    token = next(iter(tokens(wave(people(5))).values()))
    with pytest.raises(UserError):
        answer(token=token, answers=given, comments={}, day=OPENS)
    assert link_of(token, OPENS)
    assert not Response.objects.exists()


def test_answers_are_told_with_no_more_than_enough_share():
    found = wave(people(6, organisation="CRC", borough="Hackney") + people(2, organisation="NPS", borough="Hackney"))
    for token in tokens(found).values():
        answer(token=token, answers={"partners_new": "agree"}, comments={}, day=OPENS)
    assert set(Response.objects.values_list("group", "organisation", "borough")) == {("practitioner", "", "")}
    assert Answer.objects.count() == 8


def test_of_who_answered_less_is_told_where_fewer_answered_than_were_asked():
    found = wave(people(6, organisation="CRC", borough="Hackney") + people(5, organisation="NPS", borough="Camden"))
    links = tokens(found)
    for address in [*(f"practitioner{n}@crc.example" for n in range(6)), "practitioner0@nps.example"]:
        answer(token=links[address], answers={}, comments={}, day=OPENS)
    assert Response.objects.filter(organisation="CRC", borough="Hackney").count() == 6
    close_due(by="worker", day=CLOSES)
    assert set(Response.objects.values_list("organisation", "borough")) == {("", "")}


def test_the_background_closes_a_wave_that_is_over(posted):
    found = wave(people(5))
    post("worker", datetime(2017, 2, 6, 9, tzinfo=UTC))
    found.refresh_from_db()
    assert (found.closed, len(posted)) == (True, 0)


def test_several_of_a_list_are_a_yes_or_no_each():
    asked = made(slug="s1.q1", text="What helps?", kind="several", options=["Panels", "News"], asked_of=EVERYBODY)
    told = wave_of("s1-1", "x", OPENS, CLOSES, [asked])
    assert [(q.slug, q.text, q.scale) for q in told.questions] == [
        ("s1.q1.1", "What helps? Panels", "ticked"), ("s1.q1.2", "What helps? News", "ticked"),
    ]  # fmt: skip
