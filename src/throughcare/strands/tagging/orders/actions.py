"""Making an order and its versions: begun as a draft, written, and kept for good once the answers were checked.

`reader` is who acts, on its day; `at` the instant at which it does.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_day
from throughcare.core.dates import day_in_words
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.errors import OrderRefused
from throughcare.strands.tagging.orders.queries import AGREED, latest_day, london_span, sources, standing, terms_of
from throughcare.strands.tagging.orders.terms import ConditionTerm, PlaceTerm, Terms, check_condition, read, written
from throughcare.strands.tagging.queries import dates_of, versions_of, whole
from throughcare.strands.tagging.words import ATTENDANCE, CLOSED, ENDED, NEW, REINSTALLED, REVOKED, VARIATION

ANSWERS = ("yes", "no", "not_known")
WITHDRAWN = "withdrawn"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a draft holds. `applies`: the day from which the version applies. `answers`: by question, the answer and its words."""

    kind: str
    applies: date
    terms: Terms
    sentence: Mapping[str, str]
    answers: Mapping[str, tuple[str, str]]


def told(draft: m.Draft) -> Written:
    """What is written in a draft so far."""
    held = json.loads(draft.told)
    answers = {name: (answer, text) for name, (answer, text) in held["answers"].items()}
    return Written(kind=held["kind"], applies=date.fromisoformat(held["applies"]), terms=read(held["terms"]),
                   sentence=held["sentence"], answers=answers)  # fmt: skip


def begin(*, reader: Reader, person: int, requirement: int, first: date, last: date) -> m.Draft:
    """Begins an order from a requirement of a sentence. Refused: of another sentence than a community or suspended one; before it
    was imposed or monitoring began; for longer than the pilot file allows; where an order of it, or in those days, is there.
    """
    source = next((each for each in sources(person, reader.day) if each.requirement == requirement), None)
    if source is None or source.refused:
        raise _refused("No order can be made of it", source.refused if source else "a requirement of monitoring",
                       "choose the requirement of a community or suspended sentence order")  # fmt: skip
    if source.order is not None:
        raise _refused("There is an order of this sentence", "one order a sentence", "vary that one")
    _days(first, last, max(source.imposed_on, current_pilot().tagging.start or source.imposed_on))
    _not_twice(person, first, last)
    held = {
        "kind": NEW, "applies": str(first), "terms": written(Terms(first=first, last=last)), "answers": {},
        "sentence": {"imposed_on": str(source.imposed_on), "kind": source.kind, "requirement": source.words},
    }  # fmt: skip
    return _begun(reader, person, None, held)


def begin_version(*, reader: Reader, order: m.Order, kind: str, applies: date, last: date) -> m.Draft:
    """Begins a variation, or a reinstalling after an order was closed: with what the last open version says.

    Refused: a day that is past; a variation of what is closed; a reinstalling of what is not; beside another open draft; a last
    day before it applies, or beyond the longest time. Conditions that would outlast the new last day end with it.
    """
    closed = versions_of(order)[-1].kind in CLOSED
    if kind not in (VARIATION, REINSTALLED) or closed != (kind == REINSTALLED):
        raise _refused("That is no next version of this order", "a variation of an open one, a reinstalling of a closed one",
                       "look at its versions")  # fmt: skip
    if applies < reader.day:
        raise _refused("A version cannot begin in the past", f"a day from {day_in_words(reader.day)}", "correct the day")
    if m.Draft.objects.filter(order=order, kept_as=None, left_at=None).exists():
        raise _refused("Another version is being written", "one at a time", "go on with that one, or give it up")
    last_open = [version for version in versions_of(order) if version.kind not in CLOSED][-1]
    before = terms_of(order, last_open)
    if not applies <= last <= latest_day(before.first):
        raise _too_long(before.first)
    kept = [replace(each, last=last if each.last == before.last else min(each.last, last)) for each in before.conditions]
    terms = replace(before, last=last, conditions=tuple(each for each in kept if each.first <= each.last))
    held = {"kind": kind, "applies": str(applies), "terms": written(terms), "answers": {}, "sentence": {}}
    return _begun(reader, order.person_id, order, held)


def write(*, reader: Reader, draft: m.Draft, terms: Terms) -> None:
    """Keeps the terms in the draft. Refused: days that cannot be. Conditions are held to the days as they are written."""
    with recording(by=reader.by, verb="tagging.write") as entry:
        fresh, held = _open(draft)
        if terms.last > latest_day(terms.first) or terms.last < terms.first:
            raise _too_long(terms.first)
        for condition in terms.conditions:
            check_condition(condition, terms)
        fresh.told = json.dumps({**held, "terms": written(terms)})
        fresh.save()
        entry.about(fresh)


def put(*, reader: Reader, draft: m.Draft, condition: ConditionTerm) -> None:
    """Writes one condition, in place of the one of its number."""
    write(reader=reader, draft=draft, terms=told(draft).terms.with_condition(condition))


def answer(*, reader: Reader, draft: m.Draft, answers: Mapping[str, tuple[str, str]]) -> None:
    """Keeps what was said to the questions of suitability. Refused: a question that the pilot file does not ask."""
    asked = {question.slug for question in current_pilot().tagging.questions}
    if set(answers) - asked or any(said not in ANSWERS for said, _ in answers.values()):
        raise _refused("That is no answer to a question", f"of {', '.join(sorted(asked))}: {', '.join(ANSWERS)}", "answer those")
    with recording(by=reader.by, verb="tagging.answer") as entry:
        fresh, held = _open(draft)
        given = {question: list(said) for question, said in answers.items()}
        fresh.told = json.dumps({**held, "answers": {**held["answers"], **given}})
        fresh.save()
        entry.about(fresh)


def leave(*, reader: Reader, draft: m.Draft, at: datetime) -> None:
    """The draft is given up; it stays on record."""
    with recording(by=reader.by, verb="tagging.leave") as entry:
        fresh, _ = _open(draft)
        fresh.left_at = at
        fresh.save()
        entry.about(fresh)


def missing(draft: m.Draft) -> list[str]:
    """What a draft still lacks before it can be kept, in sentences."""
    held = told(draft)
    lacking = [] if held.terms.conditions else ["It has no condition"]
    if held.kind == NEW:
        asked = current_pilot().tagging.questions
        unanswered = sum(question.slug not in held.answers for question in asked)
        lacking += [f"{unanswered} of {len(asked)} questions of suitability are not answered"] if unanswered else []
    return lacking


def keep(*, reader: Reader, draft: m.Draft, reason: str, at: datetime) -> m.OrderVersion:
    """The draft becomes a version of an order, for good. Refused: one that lacks something; one whose day has passed."""
    if lacking := missing(draft):
        raise _refused("The order is not whole", "; ".join(lacking), "write what is missing")
    with recording(by=reader.by, verb="tagging.keep_version") as entry:
        fresh, _ = _open(draft)
        held = told(fresh)
        if held.kind == NEW:
            _not_twice(fresh.person_id, held.terms.first, held.terms.last)
        elif held.applies < reader.day:
            raise _refused("The day from which it applies is past", f"a day from {day_in_words(reader.day)}", "begin anew")
        order = fresh.order or _order(reader, fresh, held)
        made = _version(reader, order, held, reason, at)
        fresh.order, fresh.kept_as = order, made
        fresh.save()
        entry.about(made, person_id=order.person_id)
        entry.details = {"order": order.pk, "number": made.number, "kind": made.kind}
    return made


def close(*, reader: Reader, order: m.Order, kind: str, reason: str, at: datetime) -> m.OrderVersion:
    """The order is revoked by the court, or monitoring ends: from this instant on nothing is asked. Refused: a closed one."""
    if kind not in (REVOKED, ENDED) or not reason.strip():
        raise _refused("It is not said how and why it ends", "revoked or ended, and why", "say both")
    with recording(by=reader.by, verb="tagging.close") as entry:
        m.Order.objects.select_for_update().get(pk=order.pk)
        (fresh,) = whole(m.Order.objects.filter(pk=order.pk))
        if versions_of(fresh)[-1].kind in CLOSED:
            raise _refused("The order is closed", "an order that is open", "nothing more is to be done")
        starts = max(at, versions_of(fresh)[-1].starts_at)
        made = m.OrderVersion(order=fresh, number=len(versions_of(fresh)) + 1, kind=kind, starts_at=starts, until=None,
                              reason=reason.strip(), made_at=at, made_on=reader.day, by=reader.by)  # fmt: skip
        made.save()
        entry.about(made, person_id=fresh.person_id)
    return made


def withdraw_consent(*, reader: Reader, order: m.Order, address: str, on: date) -> None:
    """The householder of an address no longer agrees: the curfew there is to be varied. Refused: where nobody agrees."""
    with recording(by=reader.by, verb="tagging.withdraw_consent") as entry:
        given = order.consents.filter(address=address, answer=AGREED).order_by("pk").last()
        if given is None or order.consents.filter(address=address, answer=WITHDRAWN, pk__gt=given.pk).exists():
            raise _refused("Nobody agrees for that address now", "one of which the householder agreed", "look at the order")
        made = m.Consent(order=order, address=address, householder=given.householder, answer=WITHDRAWN, on=on, by=reader.by)
        made.save()
        entry.about(made, person_id=order.person_id)


def _begun(reader: Reader, person: int, order: m.Order | None, held: dict[str, Any]) -> m.Draft:
    with recording(by=reader.by, verb="tagging.begin") as entry:
        draft = m.Draft(person_id=person, order=order, told=json.dumps(held), begun_on=reader.day, begun_by=reader.by)
        draft.save()
        entry.about(draft)
    return draft


def _open(draft: m.Draft) -> tuple[m.Draft, dict[str, Any]]:
    fresh = m.Draft.objects.select_for_update(of=("self",)).select_related("order").get(pk=draft.pk)
    if fresh.kept_as_id is not None or fresh.left_at is not None:
        raise _refused("This draft is no longer open", "a draft that is open", "look at the order")
    return fresh, json.loads(fresh.told)


def _order(reader: Reader, draft: m.Draft, held: Written) -> m.Order:
    made = m.Order(person_id=draft.person_id, sentenced_on=date.fromisoformat(held.sentence["imposed_on"]),
                   sentence_kind=held.sentence["kind"], requirement=held.sentence["requirement"], made_on=reader.day,
                   made_by=reader.by)  # fmt: skip
    made.save()
    for question, (said, text) in held.answers.items():
        m.Answer(order=made, question=question, answer=said, text=text, on=reader.day, by=reader.by).save()
    return made


def _version(reader: Reader, order: m.Order, held: Written, reason: str, at: datetime) -> m.OrderVersion:
    before = m.OrderVersion.objects.filter(order=order).order_by("-number").first()
    opens, closes = london_span(held.applies, held.terms.last)
    starts = max(opens, at) if held.applies == reader.day else opens
    if before is not None:
        starts = max(starts, before.starts_at)
    made = m.OrderVersion(order=order, number=before.number + 1 if before else 1, kind=held.kind, starts_at=starts, until=closes,
                          reason=reason.strip(), made_at=at, made_on=reader.day, by=reader.by)  # fmt: skip
    made.save()
    for condition in held.terms.conditions:
        _condition(made, condition)
        for place in condition.places:
            _consent(reader, order, condition, place)
    return made


def _condition(version: m.OrderVersion, told: ConditionTerm) -> None:
    starts, ends = london_span(told.first, told.last)
    made = m.Condition(version=version, number=told.number, kind=told.kind, name=told.name.strip(), starts_at=starts,
                       ends_at=ends, geometry=told.geometry, protects=told.protects)  # fmt: skip
    made.save()
    for line in told.hours:
        m.Line(condition=made, weekday=line.weekday, start=line.start, end=line.end).save()
    for number, place in enumerate(told.places, start=1):
        at = m.Place(condition=made, number=number, address=place.address.strip(), latitude=place.latitude,
                     longitude=place.longitude, radius_m=place.radius_m, own_home=place.own_home,
                     householder=place.householder.strip(), agreed_on=place.agreed_on)  # fmt: skip
        at.save()
        for line in place.hours:
            m.Line(condition=made, place=at, weekday=line.weekday, start=line.start, end=line.end).save()


def _consent(reader: Reader, order: m.Order, condition: ConditionTerm, place: PlaceTerm) -> None:
    """What the householder of another's address said, once."""
    if condition.kind == ATTENDANCE or place.own_home or place.agreed_on is None:
        return
    same = {"order": order, "address": place.address.strip(), "answer": AGREED, "on": place.agreed_on}
    if not m.Consent.objects.filter(**same).exists():
        m.Consent(**same, householder=place.householder.strip(), by=reader.by).save()


def _days(first: date, last: date, earliest: date) -> None:
    if first < earliest:
        raise _refused("The order begins too early", f"a first day from {day_in_words(earliest)}", "correct the first day")
    if last < first or last > latest_day(first):
        raise _too_long(first)


def _too_long(first: date) -> OrderRefused:
    months, latest = current_pilot().tagging.longest_months, latest_day(first)
    return _refused(f"The order is longer than {months} months, or ends before it begins",
                    f"a last day from {day_in_words(first)} to {day_in_words(latest)}", "correct the last day")  # fmt: skip


def _not_twice(person: int, first: date, last: date) -> None:
    start, end = london_day(first)[0], london_day(last)[1]
    for order in whole(m.Order.objects.filter(person=person)):
        dates = dates_of(order)
        if dates and dates[0] < end and dates[1] > start and standing(order, start) != "closed":
            raise _refused("The person has an order with a tag in those days", "one at a time", "vary it")


def _refused(what: str, expected: str, mend: str) -> OrderRefused:
    return OrderRefused(what=what, record="the order", expected=expected, mend=mend)
