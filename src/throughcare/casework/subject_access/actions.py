"""The steps of a request, each with its audit entry. `states.STEPS` says which may follow which; nothing else is possible."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import Recording, recording
from throughcare.casework.letters import actions as letters
from throughcare.casework.letters import sentences as say
from throughcare.casework.letters.queries import greeting
from throughcare.casework.pilot import current_pilot
from throughcare.casework.subject_access import documents, errors
from throughcare.casework.subject_access.items import Item
from throughcare.casework.subject_access.models import CAME_BY, GIVEN_BY, PROOF, REASONS, Controller, Request, Ruling, Signed
from throughcare.casework.subject_access.queries import controllers_of, data_team, rulings_of
from throughcare.casework.subject_access.states import SHOWN, STEPS
from throughcare.design.paper import kept


@dataclass(frozen=True, kw_only=True)
class Told:
    """How a request came: the name and numbers as they were given, and what is asked for."""

    name: str
    numbers: str
    asked_for: str
    came_by: str
    received_on: date


def receive(*, reader: Reader, told: Told) -> Request:
    """Keeps a request as it came. Refuses one without a name, and one that came in days to come."""
    if not told.name.strip() or told.came_by not in CAME_BY:
        raise errors.NoReason(what="It is not said who asks", record="a new request", expected="a name", mend="enter the name")
    if told.received_on > reader.day:
        raise _no_day("The request is dated in days to come", "a new request", f"a day up to {reader.day}")
    with recording(by=reader.by, verb="subject_access.receive") as entry:
        request = Request(
            name_given=told.name.strip(), numbers_given=told.numbers.strip(), asked_for=told.asked_for.strip(),
            came_by=told.came_by, received_on=told.received_on, received_by=reader.by,
        )  # fmt: skip
        request.save()
        entry.about(request)
    return request


def candidates_shown(*, reader: Reader, request: Request, people: Collection[int]) -> None:
    """Keeps that these people were shown as who may have asked, before any of them is in the reader's work."""
    with recording(by=reader.by, verb="subject_access.candidates") as entry:
        entry.about(request)
        for person in people:
            entry.also("view", "page", "request-match", person_id=person, details={"request": request.pk})


def match(*, reader: Reader, request: Request, person: int) -> Request:
    """It is this person who asks: from now on they are in the reader's work, until the request is closed."""
    with _step(reader, request, "match") as (found, entry):
        found.person_id = person
        due = found.due_on
        paper = say.request_received(
            current_pilot(), to=greeting(person), day=reader.day, received=found.received_on, due=due or found.received_on,
            number=found.number, ring=data_team(),
        )  # fmt: skip
        letters.write(reader=reader, person=person, kind="request", about=found.pk, paper=paper)
        entry.person_id = person
    return found


def ask_proof(*, reader: Reader, request: Request) -> Request:
    """Proof of identity is asked for: the time runs from the day on which it comes."""
    with _step(reader, request, "ask_proof") as (found, _):
        found.proof_asked_on = found.proof_asked_on or reader.day
    return found


def identify(*, reader: Reader, request: Request, how: str, on: date) -> Request:
    """Who they are has been checked: how, by whom, on which day. Refuses a request of which it is not known who asks."""
    with _step(reader, request, "identify") as (found, entry):
        if found.person_id is None:
            raise _not_yet(found, "It is not known who asks", "the person", "find the person first")
        first = found.proof_asked_on or found.received_on
        if how not in PROOF or not first <= on <= reader.day:
            raise _no_day("Identity cannot be checked on that day", found.number, f"a day from {first} to {reader.day}")
        found.proof, found.proof_on, found.proof_by = how, on, reader.by
        entry.details |= {"how": how, "on": on}
    return found


def extend(*, reader: Reader, request: Request, why: str) -> Request:
    """Two months more, told to the person by a letter with the reason: once, and while it is still in time."""
    with _step(reader, request, "extend") as (found, entry):
        due = found.due_on
        if found.longer_on is not None or found.person_id is None or due is None or due < reader.day or why not in say.LONGER:
            raise _not_yet(found, "The time cannot be made longer now", "a request in time, once, of somebody known",
                           "answer it, or say what is late")  # fmt: skip
        found.longer_on, found.longer_why = reader.day, why
        paper = say.longer(
            current_pilot(), to=greeting(found.person_id), day=reader.day, due=found.due_on or due, why=why, number=found.number,
            ring=data_team(),
        )  # fmt: skip
        letters.write(reader=reader, person=found.person_id, kind="longer", about=found.pk, paper=paper)
        entry.details |= {"why": why}
    return found


def ask_controllers(*, reader: Reader, request: Request, names: Sequence[str], answer_by: date) -> Request:
    """Each controller is asked, by a day, what must be kept back and why."""
    with _step(reader, request, "ask") as (found, entry):
        due = found.due_on
        if answer_by < reader.day or (due is not None and answer_by > due):
            raise _no_day("The controllers cannot answer by that day", found.number, f"a day from {reader.day} to {due}")
        known = {each.name for each in controllers_of(found)}
        for name in names:
            if name not in known:
                Controller(request=found, name=name, asked_on=reader.day, answer_by=answer_by).save()
        entry.details |= {"controllers": list(names), "answer_by": answer_by}
    return found


def answer(*, reader: Reader, request: Request, controller: str, words: str) -> Controller:
    """What a controller answered; an answer may be put right as long as nothing is signed off."""
    if not words.strip():
        raise errors.NoReason(what="The answer has no words", record=request.number, expected="what they said",
                              mend='write what they answered, such as "nothing"')  # fmt: skip
    with _step(reader, request, "answer") as (found, entry):
        asked = found.controllers.select_for_update().filter(name=controller).first()
        if asked is None:
            raise _not_yet(found, "This controller was not asked", "one of those asked", "choose one of the list")
        asked.answered_on, asked.answer, asked.answered_by = reader.day, words.strip(), reader.by
        asked.save()
        entry.details |= {"controller": controller}
    return asked


def rule(
    *, reader: Reader, request: Request, items: Sequence[Item], given: bool, reason: str = "", note: str = ""
) -> list[Ruling]:
    """Decides of these items alike. Withholding takes a coded reason and words; health takes a clinician's advice either way."""
    if not items or (not given and (reason not in REASONS or not note.strip())):
        raise errors.NoReason(
            what="What is withheld needs a reason of the list, and words", record=request.number,
            expected="items, a reason, and why it holds here", mend="choose the items and the reason, and write why",
        )  # fmt: skip
    if not note.strip() and any(item.matter == "health" for item in items):
        raise errors.NoReason(
            what="Health is given or withheld on a clinician's advice", record=request.number, expected="who advised, and what",
            mend="write who advised, on which day, and what they said",
        )  # fmt: skip
    with _step(reader, request, "rule") as (found, entry):
        made = [
            Ruling(request=found, item=item.key, given=given, reason="" if given else reason, note=note.strip(),
                   account=reader.account, on=reader.day)
            for item in items
        ]  # fmt: skip
        Ruling.objects.bulk_create(made)
        entry.details |= {"items": len(made), "given": given, "reason": reason}
    return made


def redact(*, reader: Reader, request: Request, items: Sequence[Item]) -> Request:
    """What is given is decided. Refuses while an item waits for a decision, or a controller has time left to answer."""
    with _step(reader, request, "redact") as (found, entry):
        silent = [each.name for each in controllers_of(found) if each.answered_on is None and each.answer_by >= reader.day]
        if silent:
            raise _not_yet(found, f"{', '.join(silent)} may still answer", "every answer, or the day gone by",
                           "keep the answer, or wait until the day")  # fmt: skip
        _all_decided(found, items)
        found.redacted_by, found.redacted_on = reader.account, reader.day
        entry.details |= {"items": len(items)}
    return found


def send_back(*, reader: Reader, request: Request, why: str) -> Request:
    """Somebody must look again at what is given, before it is."""
    with _step(reader, request, "send_back") as (found, entry):
        _reason(found, why)
        found.redacted_by = found.redacted_on = found.signed_by = found.signed_on = None
        entry.details |= {"why": why.strip()[:500]}
    return found


def sign(*, reader: Reader, request: Request, items: Sequence[Item], name: str) -> Request:
    """Signs off: the two documents are made and kept. Refuses an account that decided anything of it, and what came in since."""
    with _step(reader, request, "sign") as (found, _):
        rulings = rulings_of(found)
        deciders = {ruling.account_id for ruling in rulings.values()} | {found.redacted_by_id}
        if reader.account.pk in deciders:
            raise errors.NotTheSame(
                what="Whoever decided what is given does not sign it off", record=found.number, expected="another account",
                mend="ask somebody else who holds or covers the post",
            )  # fmt: skip
        _all_decided(found, items)
        found.signed_by, found.signed_on = reader.account, reader.day
        paper = documents.pack(
            current_pilot(), to=greeting(found.person_id or 0), day=reader.day, asked_on=found.received_on,
            items_given=documents.given(items, rulings), ring=data_team(),
        )  # fmt: skip
        inside = documents.schedule(
            found, name=name, day=reader.day, items_held=items, rulings=rulings, controllers=controllers_of(found),
            signed_by=reader.by,
        )  # fmt: skip
        Signed(request=found, pack=kept(paper), schedule=kept(inside), on=reader.day, by=reader.by).save()
    return found


def give(*, reader: Reader, request: Request, how: str, on: date) -> Request:
    """The pack has been given: the request is closed, and the person no longer in the reader's work."""
    with _step(reader, request, "give") as (found, entry):
        first = found.signed_on or found.received_on
        if how not in GIVEN_BY or not first <= on <= reader.day:
            raise _no_day("The answer cannot have been given on that day", found.number, f"a day from {first} to {reader.day}")
        found.given_how, found.given_on = how, on
        entry.details |= {"how": how, "on": on}
    return found


def withdraw(*, reader: Reader, request: Request, why: str) -> Request:
    """The person asks no more, or it turned out not to be them: it is closed, with why."""
    with _step(reader, request, "withdraw") as (found, _):
        found.closed_because = _reason(found, why)
    return found


def open_again(*, reader: Reader, request: Request, why: str) -> Request:
    """An answered request is looked at again, as after a complaint; what was signed off before stays on record."""
    with _step(reader, request, "open_again") as (found, entry):
        _reason(found, why)
        found.redacted_by = found.redacted_on = found.signed_by = found.signed_on = found.given_on = None
        found.given_how = ""
        entry.details |= {"why": why.strip()[:500]}
    return found


def took_out(*, by: str, person: int, items: int) -> None:
    """Keeps that what is held on a person was written to a file by the command line."""
    with recording(by=by, verb="subject_access.write") as entry:
        entry.subject_type, entry.subject_id, entry.person_id = "people.person", str(person), person
        entry.details = {"items": items}


@contextmanager
def _step(reader: Reader, request: Request, name: str) -> Iterator[tuple[Request, Recording]]:
    """One step: the request locked, refused where its state does not allow it, moved on and saved, with its entry."""
    with recording(by=reader.by, verb=f"subject_access.{name}") as entry:
        found = Request.objects.select_for_update().get(pk=request.pk)
        step = STEPS[name]
        if found.state not in step.start:
            raise errors.NotNow(
                what=f"The request is {SHOWN[found.state].lower()}", record=found.number,
                expected=" or ".join(SHOWN[state].lower() for state in step.start), mend="look at where it stands now",
            )  # fmt: skip
        yield found, entry
        found.state = step.to or found.state
        found.save()
        entry.about(found)
        entry.details |= {"state": found.state}


def _all_decided(request: Request, items: Sequence[Item]) -> None:
    waiting = documents.undecided(items, rulings_of(request))
    if waiting:
        raise _not_yet(request, f"{len(waiting)} items wait for a decision", "a decision of each", "decide of them, then go on")


def _reason(request: Request, why: str) -> str:
    if not why.strip():
        raise errors.NoReason(what="It is not said why", record=request.number, expected="some words", mend="write why")
    return why.strip()


def _not_yet(request: Request, what: str, expected: str, mend: str) -> errors.NotYet:
    return errors.NotYet(what=what, record=request.number, expected=expected, mend=mend)


def _no_day(what: str, record: str, expected: str) -> errors.NotADay:
    return errors.NotADay(what=what, record=record, expected=expected, mend="enter another day")
