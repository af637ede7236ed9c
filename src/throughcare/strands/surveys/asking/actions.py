"""Writing surveys: their questions, their waves, who is asked; and sending the links and reminders.

No entry of the audit names a link: the log keeps for good what the store forgets when a wave closes.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from throughcare.casework.audit.actions import recording
from throughcare.casework.mail.actions import go
from throughcare.casework.mail.queries import may_go
from throughcare.casework.pilot import current_pilot
from throughcare.strands.surveys import asking_models as m
from throughcare.strands.surveys import errors
from throughcare.strands.surveys.asking import queries
from throughcare.strands.surveys.asking.queries import Invitee
from throughcare.strands.surveys.drawn import numbers
from throughcare.strands.surveys.made.links import address_of, new_nonce
from throughcare.strands.surveys.made.questions import Asked, QuestionRefused, library, read, write
from throughcare.strands.surveys.made.words import letter
from throughcare.strands.surveys.waves import GROUPS

WAVES = 3
"""So many waves a survey has at most: at the start, in the middle, at the end of a pilot."""
MOST_QUESTIONS, MOST_AT_ONCE = 40, 2000
LONGEST = timedelta(days=120)


def design(*, by: str, title: str, purpose: str) -> m.Survey:
    """A survey without questions yet."""
    with recording(by=by, verb="surveys.design") as entry:
        made = m.Survey(title=title.strip(), purpose=purpose.strip())
        made.save()
        m.Version(survey=made, number=1).save()
        entry.about(made)
    return made


def put_question(*, by: str, survey: m.Survey, asked: Asked, place: int | None = None) -> m.Version:
    """The question last, or in place of the one at `place` (from 1). A question that stays the same keeps its slug.

    Where the version has answers a new one is made, for the waves that are not sent. Refused: a slug twice, more than can be
    answered in one sitting.
    """

    def change(questions: list[Asked]) -> None:
        if place is None:
            questions.append(asked)
        else:
            questions[_there(questions, place)] = asked
        if len({each.slug for each in questions}) != len(questions) or len(questions) > MOST_QUESTIONS:
            raise QuestionRefused(
                what="The question is there already, or there are too many", record=asked.text[:60],
                expected=f"at most {MOST_QUESTIONS} questions, each once", mend="leave one out",
            )  # fmt: skip

    return _change(by, "surveys.put_question", survey, change)


def drop_question(*, by: str, survey: m.Survey, place: int) -> m.Version:
    """The question at that place is asked no more."""

    def change(questions: list[Asked]) -> None:
        del questions[_there(questions, place)]

    return _change(by, "surveys.drop_question", survey, change)


def move_question(*, by: str, survey: m.Survey, place: int) -> m.Version:
    """The question at that place is asked before the one above it."""

    def change(questions: list[Asked]) -> None:
        at = _there(questions, place)
        questions.insert(max(0, at - 1), questions.pop(at))

    return _change(by, "surveys.move_question", survey, change)


def _there(questions: Sequence[Asked], place: int) -> int:
    if not 1 <= place <= len(questions):
        raise QuestionRefused(what="There is no such question", record=f"question {place}", expected="one of the list",
                              mend="open the survey again")  # fmt: skip
    return place - 1


def _change(by: str, verb: str, survey: m.Survey, change: Callable[[list[Asked]], None]) -> m.Version:
    with recording(by=by, verb=verb) as entry:
        m.Survey.objects.select_for_update().get(pk=survey.pk)
        version = queries.latest_version(survey)
        questions = list(read(version.questions))
        change(questions)
        if queries.frozen(version):
            waiting = m.SurveyWave.objects.filter(version=version, sent=False)
            version = m.Version(survey=survey, number=version.number + 1)
            version.questions = write(questions)
            version.save()
            waiting.update(version=version)
        else:
            version.questions = write(questions)
            version.save()
        entry.about(version)
        entry.details = {"questions": len(questions)}
    return version


def new_slug(survey: m.Survey) -> str:
    """A slug for a question that no version of the survey has had, so that no other answers are taken for its own."""
    had = {each.slug for version in survey.versions.all() for each in read(version.questions)} - set(library())
    last = max((int(slug.rpartition("q")[2]) for slug in had), default=0)
    return f"s{survey.pk}.q{last + 1}"


def plan_wave(*, by: str, survey: m.Survey, opens_on: date, closes_on: date, day: date) -> m.SurveyWave:
    """The next wave, open on [opens_on, closes_on), with the latest questions. Waves of a survey follow one another."""
    with recording(by=by, verb="surveys.plan_wave") as entry:
        m.Survey.objects.select_for_update().get(pk=survey.pk)
        before = queries.waves_of(survey)
        last = before[-1].closes_on if before else day
        if len(before) >= WAVES:
            raise errors.NotNow(what=f"The survey has its {WAVES} waves", record=survey.title,
                                expected=f"at most {WAVES} waves", mend="design another survey")  # fmt: skip
        if opens_on < max(last, day) or not opens_on < closes_on <= opens_on + LONGEST:
            raise errors.DaysRefused(
                what="A wave cannot be open on these days", record=f"{opens_on} to {closes_on}",
                expected=f"a first day from {max(last, day):%-d %B %Y} on, and at most {LONGEST.days} days",
                mend="choose later days, or fewer",
            )  # fmt: skip
        number = len(before) + 1
        made = m.SurveyWave(version=queries.latest_version(survey), number=number, slug=f"s{survey.pk}-{number}",
                            opens_on=opens_on, closes_on=closes_on)  # fmt: skip
        made.save()
        entry.about(made)
    return made


def invite(*, by: str, wave: m.SurveyWave, invitees: Sequence[Invitee]) -> int:
    """A link for each who has none; gives how many are new. Refused once the links are out: who comes late would stand out."""
    with recording(by=by, verb="surveys.invite") as entry:
        found = _not_sent(wave)
        there = set(found.invitations.values_list("account", "address"))
        to_hand_out = [each for each in invitees if not (each.account or each.address)]
        fresh = [each for each in dict.fromkeys(invitees) if each not in to_hand_out]
        fresh = [*(each for each in fresh if (each.account, each.address) not in there), *to_hand_out]
        for each in fresh:
            _check_invitee(each)
        if len(there) + len(fresh) > MOST_AT_ONCE:
            raise errors.InviteeRefused(what="So many cannot be asked at once", record=found.slug,
                                        expected=f"at most {MOST_AT_ONCE}", mend="ask fewer")  # fmt: skip
        rows = [
            m.Invitation(id=number, wave=found, group=each.group, organisation=each.organisation.strip(), borough=each.borough,
                         account_id=each.account, address=each.address, nonce=new_nonce(),
                         state=m.TO_SEND if each.account or each.address else m.BY_HAND)
            for number, each in zip(numbers(len(fresh)), fresh, strict=True)
        ]  # fmt: skip
        m.Invitation.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
        entry.about(found)
        entry.details = {"links": len(rows)}
    return len(rows)


def _check_invitee(each: Invitee) -> None:
    boroughs = current_pilot().boroughs
    if each.group not in GROUPS or (each.borough and each.borough not in boroughs):
        raise errors.InviteeRefused(
            what="Somebody cannot be asked so", record=f"{each.group}, {each.borough}",
            expected=f"one of {', '.join(GROUPS)}, and a borough of the pilot or none", mend="correct the kind or the borough",
        )  # fmt: skip


def take_out(*, by: str, wave: m.SurveyWave, group: str) -> int:
    """Everybody of a kind is asked no more; gives how many. Refused once the links are out."""
    with recording(by=by, verb="surveys.take_out") as entry:
        found = _not_sent(wave)
        number, _ = found.invitations.filter(group=group).delete()
        entry.about(found)
        entry.details = {"links": -number}
    return number


def send(*, by: str, wave: m.SurveyWave) -> None:
    """The links go out from the day on which the wave opens, and nobody is added from now on.

    Refused: without a question for each kind that is asked, and where fewer of a kind are asked than are ever published: their
    answers would tell who they are.
    """
    with recording(by=by, verb="surveys.send") as entry:
        found = _not_sent(wave)
        asked = list(found.invitations.values_list("group", flat=True))
        least = current_pilot().smallest_published
        few = [group for group in GROUPS if 0 < asked.count(group) < least]
        if not asked or few:
            raise errors.TooFew(
                what="Too few are asked for their answers not to tell who they are", record=", ".join(few) or found.slug,
                expected=f"at least {least} of each kind that is asked", mend="ask more of them, or none of that kind",
            )  # fmt: skip
        of = {group for each in queries.questions_of(found.version) for group in each.asked_of}
        if not set(asked) <= of:
            raise errors.NotNow(what="There is no question for some who are asked", record=", ".join(set(asked) - of),
                                expected="a question for each kind", mend="add a question, or ask others")  # fmt: skip
        found.sent = True
        found.save()
        entry.about(found)
        entry.details = {"links": len(asked)}


def _not_sent(wave: m.SurveyWave) -> m.SurveyWave:
    found = m.SurveyWave.objects.select_for_update(of=("self",)).select_related("version").get(pk=wave.pk)
    if found.sent:
        raise errors.NotNow(what="The links of this wave are out", record=found.slug, expected="a wave that is not sent",
                            mend="plan the next wave")  # fmt: skip
    return found


def send_due(*, by: str, day: date) -> int:
    """Sends the links and reminders that are due; gives how many went. Nothing where no e-mail can go.

    Safe to repeat, and to be cut off: each is kept as "sending", and that committed, before it goes: never twice.
    """
    if not may_go():
        return 0
    sent = 0
    for wave in queries.open_on(day):
        for number in list(queries.due(wave, day).values_list("pk", flat=True)):
            sent += _send(by, wave, number, day)
    return sent


def _send(by: str, wave: m.SurveyWave, number: int, day: date) -> bool:
    with recording(by=by, verb="surveys.begin_link") as entry:
        entry.about(wave)
        link = queries.due(wave, day).select_for_update(of=("self",)).select_related("account").filter(pk=number).first()
        to = (link.account.email if link.account and link.account.is_active else link.address) if link else ""
        if link is None or not to:
            if link is not None:
                link.state = m.BY_HAND
                link.save()
            return False
        kind = "invite" if link.state in (m.TO_SEND, m.FAILED) else "remind"
        link.state, link.reminders = m.SENDING, sum(on <= day for on in queries.reminder_days(wave))
        link.save()
    subject, text = letter(kind, link=address_of(link.nonce), last=wave.closes_on - queries.A_DAY)
    fault = go(to, subject, text)
    with recording(by=by, verb="surveys.send_link") as entry:
        entry.about(wave)
        entry.details = {"fault": fault}
        m.Invitation.objects.filter(pk=number).update(state=m.FAILED if fault else m.SENT, fault=fault)
    return not fault
