"""Writing letters and keeping how they were given. What a letter says is kept as it was written, and never changed."""

from datetime import date

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.cohort.models import Membership
from throughcare.casework.letters import errors
from throughcare.casework.letters.models import HOW, Letter
from throughcare.casework.letters.queries import membership_of, paper_of
from throughcare.casework.pilot import current_pilot
from throughcare.design.paper import FORMS, Paper, kept


def write_to_member(*, reader: Reader, person: int, kind: str) -> Letter:
    """Writes the letter about joining or leaving from what is on record today, in place of one that has not been given."""
    membership = membership_of(person, kind, reader.day)
    if membership is None:
        raise errors.NotOfThisPerson(
            what="There is nothing to write of", record=f"person {person}",
            expected="a member" if kind == "joined" else "somebody who has left", mend="look at the person's record",
        )  # fmt: skip
    with recording(by=reader.by, verb="letters.write") as entry:
        Membership.objects.select_for_update().get(pk=membership.pk)
        paper = paper_of(membership, kind, reader.day, pilot=current_pilot())
        letter = _written(reader, person, kind, membership.pk, paper)
        entry.about(letter)
        entry.details = {"kind": kind}
    return letter


def write(*, reader: Reader, person: int, kind: str, about: int, paper: Paper) -> Letter:
    """Keeps a letter that another part has worded, such as about a request."""
    with recording(by=reader.by, verb="letters.write") as entry:
        letter = _written(reader, person, kind, about, paper)
        entry.about(letter)
        entry.details = {"kind": kind}
    return letter


def _written(reader: Reader, person: int, kind: str, about: int, paper: Paper) -> Letter:
    standing = Letter.objects.select_for_update().filter(kind=kind, about=about, withdrawn=False)
    for earlier in standing:
        if kind != "longer" and earlier.given_how:
            raise _given(earlier)
        if not earlier.given_how:
            earlier.withdrawn = True
            earlier.save()
    letter = Letter(
        person_id=person, kind=kind, about=about, on=reader.day, content=kept(paper), by=reader.by, post=reader.post
    )
    letter.save()
    return letter


def give(*, reader: Reader, letter: Letter, form: str, how: str, on: date) -> Letter:
    """Keeps how the letter was given, in which form, on which day. Refuses one that is given, and a day that cannot be."""
    if form not in FORMS or how not in HOW:
        raise ValueError(f"no such way to give a letter: {form}, {how}")
    with recording(by=reader.by, verb="letters.give") as entry:
        found = Letter.objects.select_for_update().get(pk=letter.pk)
        if found.given_how or found.withdrawn:
            raise _given(found)
        if not found.on <= on <= reader.day:
            raise errors.NotADay(
                what="A letter is given after it is written, and not in days to come", record=f"letter {found.pk}",
                expected=f"a day from {found.on} to {reader.day}", mend="enter the day on which it was given",
            )  # fmt: skip
        found.form, found.given_how, found.given_on, found.given_by = form, how, on, reader.by
        found.save()
        entry.about(found)
        entry.details = {"kind": found.kind, "how": how, "form": form, "on": on}
    return found


def _given(letter: Letter) -> errors.AlreadyGiven:
    return errors.AlreadyGiven(
        what="It is on record how this letter was given", record=f"letter {letter.pk}", expected="one that waits",
        mend="look at the person's letters",
    )  # fmt: skip
