"""One person's record: the timeline of what agencies have told, and all that is held on the person."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from throughcare.casework.frames import about
from throughcare.casework.people import models as m
from throughcare.core.contracts import TimelineEntry

TABLES: Mapping[str, type[m.Record]] = {
    "what each agency says of who the person is": m.AgencyRecord, "identifiers": m.Identifier, "other names": m.Alias,
    "main addresses": m.Address, "arrests": m.Arrest, "charges": m.Charge, "convictions and cautions": m.Conviction,
    "sentences": m.Sentence, "requirements of orders": m.Requirement, "time in prison": m.CustodySpell,
    "supervision": m.Supervision, "registrations": m.Registration, "needs": m.Need,
}  # fmt: skip


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """All rows on the person, by table; first the person as the best source has it."""
    held = {"the person": list(m.Person.objects.filter(pk=person_id).values())}
    return held | {words: list(model.objects.filter(person=person_id).order_by("pk").values()) for words, model in TABLES.items()}


def timeline(person_id: int) -> list[TimelineEntry]:
    """Arrests, charges, convictions, sentences, prison, supervision, moves, registrations and assessments, by day."""
    return sorted((entry for told in _TOLD for entry in told(person_id)), key=lambda entry: (entry.on, entry.kind))


def _police(person: int) -> Iterator[TimelineEntry]:
    for a in about(m.Arrest, person):
        yield TimelineEntry(on=a.arrested_on, kind="arrest", row="offence_history", words=f"Arrested (offence {a.offence_code})")
    for c in about(m.Charge, person):
        yield TimelineEntry(on=c.charged_on, kind="charge", row="offence_history", words=f"Charged (offence {c.offence_code})")
    for v in about(m.Conviction, person):
        verb = "Convicted of" if v.disposal == "conviction" else "Cautioned for"
        at = f" at {v.court}" if v.court else ""
        words = f"{verb} offence {v.offence_code}{at}"
        yield TimelineEntry(on=v.convicted_on, kind=v.disposal, row="offence_history", words=words)


def _sentences(person: int) -> Iterator[TimelineEntry]:
    for s in about(m.Sentence, person):
        length = f" of {s.months} months" if s.months else ""
        yield TimelineEntry(on=s.imposed_on, kind="sentence", row="offence_history", words=f"Sentenced: {s.kind}{length}")
        if s.release_planned_on and s.released_on is None:
            yield TimelineEntry(on=s.release_planned_on, kind="prison", row="custody", words="Planned release", planned=True)
    for r in about(m.Requirement, person):
        ordered = f", {r.days} days" if r.days else ""
        yield TimelineEntry(on=r.imposed_on, kind="sentence", row="supervision", words=f"Requirement: {r.kind}{ordered}")


def _prison(person: int) -> Iterator[TimelineEntry]:
    for spell in about(m.CustodySpell, person):
        how = "on remand" if spell.kind == "remand" else "serving a sentence"
        yield from _spell("prison", "custody", spell.start, spell.end, f"To {spell.prison}, {how}", f"Left {spell.prison}")


def _probation(person: int) -> Iterator[TimelineEntry]:
    for s in about(m.Supervision, person):
        words = f"Managed by {s.agency} ({s.kind})"
        yield from _spell("supervision", "supervision", s.start, s.end, words, f"No longer managed by {s.agency} ({s.kind})")
    for a in about(m.Address, person):
        yield TimelineEntry(on=a.start, kind="address", row="address", words=f"Main address in {a.borough}")
    for g in about(m.Registration, person):
        what = " ".join(filter(None, [g.kind, g.level]))
        yield from _spell("registration", "risks", g.start, g.end, f"Registered: {what}", f"No longer registered: {what}")


def _needs(person: int) -> Iterator[TimelineEntry]:
    days: dict[date, list[str]] = {}
    for need in sorted(about(m.Need, person), key=lambda need: (need.assessed_on, need.pathway)):
        days.setdefault(need.assessed_on, []).append(need.pathway)
    for on, pathways in days.items():
        yield TimelineEntry(on=on, kind="assessment", row="supervision", words=f"Assessed; needs: {', '.join(pathways)}")


def _spell(kind: str, row: str, start: date, end: date | None, begun: str, over: str) -> Iterator[TimelineEntry]:
    yield TimelineEntry(on=start, kind=kind, row=row, words=begun)
    if end is not None:
        yield TimelineEntry(on=end, kind=kind, row=row, words=over, planned=True)


_TOLD: Sequence[Callable[[int], Iterator[TimelineEntry]]] = (_police, _sentences, _prison, _probation, _needs)
