"""Writing notes, worries, risks, whom and what to avoid, and what the person says. Nothing written is ever removed."""

from datetime import UTC, date, datetime

from django.urls import reverse

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.notes import errors
from throughcare.casework.notes.models import WORRIES, Avoid, Concern, Note, Risk, Said
from throughcare.casework.notices.actions import tell


def _words(text: str, record: str) -> str:
    """The text, or a refusal where there is none."""
    if not text.strip():
        raise errors.NothingSaid(what="Nothing is written", record=record, expected="some words", mend="write what it is about")
    return text.strip()


def write_note(*, reader: Reader, person: int, text: str) -> Note:
    """A note of today."""
    with recording(by=reader.by, verb="notes.write") as entry:
        note = Note(
            person_id=person, on=reader.day, text=_words(text, f"person {person}"), account=reader.account, post=reader.post
        )
        note.save()
        entry.about(note)
    return note


def take_back(*, reader: Reader, note: Note) -> None:
    """A note written by mistake: it stays, struck through."""
    with recording(by=reader.by, verb="notes.take_back") as entry:
        note.taken_back = True
        note.save()
        entry.about(note)


def raise_concern(*, reader: Reader, person: int | None, who: str = "", kind: str, text: str, to: Post) -> Concern:
    """Sends a worry to a post. It waits there, above everything else, until somebody writes what was done."""
    if kind not in WORRIES or (person is None and not who.strip()):
        raise errors.NobodyToAsk(
            what="It is not said what the worry is, or about whom", record=f"person {person or who}",
            expected="a kind of worry, and a person", mend="choose what worries you, and say who it is",
        )  # fmt: skip
    with recording(by=reader.by, verb="notes.raise_concern") as entry:
        concern = Concern(
            person_id=person, who=who.strip(), kind=kind, text=_words(text, f"person {person or who}"),
            raised_at=datetime.now(UTC), raised_by=reader.account, from_post=reader.post, to_post=to,
        )  # fmt: skip
        concern.save()
        entry.about(concern)
        entry.details = {"kind": kind, "to": to.slug}
    return concern


def answer_concern(*, reader: Reader, concern: Concern, answer: str) -> Concern:
    """What was done about a worry; whoever raised it sees the answer."""
    with recording(by=reader.by, verb="notes.answer_concern") as entry:
        found = Concern.objects.select_for_update().get(pk=concern.pk)
        if found.answered_at is not None:
            raise errors.Answered(
                what="Somebody has answered this already", record=f"concern {found.pk}", expected="one that waits",
                mend="read what was done, and raise another if you still worry",
            )  # fmt: skip
        found.answer = _words(answer, f"concern {found.pk}")
        found.answered_at, found.answered_by = datetime.now(UTC), reader.by
        found.save()
        entry.about(found)
        tell(
            by=reader.by, key=f"concern:{found.pk}:answered", words="A worry that you raised has been answered",
            address=reverse("concern", kwargs={"concern": found.pk}), at=found.answered_at, account=found.raised_by,
            person=found.person_id,
        )  # fmt: skip
    return found


def pass_on(*, reader: Reader, concern: Concern, to: Post) -> Concern:
    """Another post is the right one: the worry waits there from now on."""
    with recording(by=reader.by, verb="notes.pass_on") as entry:
        entry.details = {"from": concern.to_post.slug, "to": to.slug}
        concern.to_post = to
        concern.save()
        entry.about(concern)
    return concern


def tell_risk(*, reader: Reader, person: int, text: str, start: date, end: date | None = None) -> Risk:
    """A risk that whoever works with the person must know."""
    with recording(by=reader.by, verb="notes.tell_risk") as entry:
        risk = Risk(person_id=person, text=_words(text, f"person {person}"), start=start, end=end, by=reader.by)
        risk.save()
        entry.about(risk)
    return risk


def end_risk(*, reader: Reader, risk: Risk, on: date) -> None:
    """The risk is no more, from the day on."""
    with recording(by=reader.by, verb="notes.end_risk") as entry:
        risk.end = max(on, risk.start)
        risk.save()
        entry.about(risk)


def avoid(*, reader: Reader, person: int, other: int | None = None, place: str = "", why: str, start: date) -> Avoid:
    """Somebody the person must not meet, or a place to keep away from."""
    if (other is None and not place.strip()) or other == person:
        raise errors.NobodyToAsk(
            what="It is not said whom or what to avoid", record=f"person {person}", expected="another person, or a place",
            mend="choose the person, or name the place",
        )  # fmt: skip
    with recording(by=reader.by, verb="notes.avoid") as entry:
        told = Avoid(person_id=person, other_id=other, place=place.strip(), why=why.strip(), start=start, by=reader.by)
        told.save()
        entry.about(told)
    return told


def keep_said(*, reader: Reader, person: int, row: str, about: str = "", text: str) -> Said:
    """What the person says of a fact: from now on it stands beside it."""
    with recording(by=reader.by, verb="notes.keep_said") as entry:
        said = Said(
            person_id=person, row=row, about=about.strip(), text=_words(text, f"person {person}"), on=reader.day, by=reader.by
        )
        said.save()
        entry.about(said)
        entry.details = {"row": row}
    return said


def settle_said(*, reader: Reader, said: Said, outcome: str) -> None:
    """The fact was corrected, or the person was told why it stays: what came of it is kept."""
    with recording(by=reader.by, verb="notes.settle_said") as entry:
        said.settled_on, said.outcome = reader.day, _words(outcome, f"said {said.pk}")
        said.save()
        entry.about(said)
