"""All that is held on a person as a list of items, each with who holds it and whether it is given without a decision.

What another part keeps is known here by its tables alone; nothing names a strand. An item is for a decision where its table
is, or where it tells of such a thing: a referral to, a message about, or an answer on a service whose name is one.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from throughcare.casework.imports.models import SourceRow
from throughcare.casework.imports.queries import parts_of
from throughcare.core.clock import london_date
from throughcare.core.contracts import Part
from throughcare.core.dates import day_in_words
from throughcare.core.pilot import OURS, Pilot

Held = Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]
MATTERS = {"intelligence": "Intelligence", "health": "Health: a clinician advises", "third_party": "May tell of somebody else"}
ROWS = {
    "plan_exists": "intelligence", "plan": "intelligence", "plan_suggestions": "intelligence", "taskings": "intelligence",
    "crime_matches": "intelligence", "tag_positions": "intelligence", "mental_health_pathway": "health", "clinical": "health",
    "consultation_advice": "health", "avoid": "third_party", "concerns": "third_party", "limited_access": "third_party",
}  # fmt: skip
"""Rows of the access policy whose matter is for a decision."""

FACTS = {"intelligence_plans": "intelligence", "mental_health": "health", "concerns": "third_party"}
"""Kinds of fact of the pilot file whose matter is."""

HOMES = {"intelligence": "intelligence_plans", "health": "mental_health"}
TECHNICAL = {"id", "row", "left", "right", "kept", "other", "facts_digest", "place", "subject_type", "weight", "levels", "key"}
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")
NOT_KNOWN_BY_US = "an agency that is not named"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing held: `key` stays the same as long as the thing does; `matter` "" is given without a decision."""

    key: str
    part: str
    table: str
    matter: str
    holder: str
    facts: tuple[tuple[str, str], ...]

    @property
    def summary(self) -> str:
        return "; ".join(f"{name}: {said}" for name, said in self.facts)


@dataclass(frozen=True, kw_only=True)
class Sources:
    """What the items need to know from above: every part, the row that each service discloses, the agency of each feed."""

    parts: Sequence[Part]
    service_rows: Mapping[str, str]
    agencies: Mapping[str, str]
    pilot: Pilot


def items_of(held: Held, sources: Sources) -> list[Item]:
    """Every item, in the order of the parts and their tables. One query for where they came from."""
    told = [
        (part, table, row)
        for part in sources.parts
        for table, rows in held.get(part.slug, {}).items()
        for row in rows
    ]  # fmt: skip
    holders = _agencies([row["source_id"] for _, _, row in told if row.get("source_id")], sources)
    names = {each.slug: each.name for each in (*sources.pilot.services, *sources.pilot.providers)}
    found = []
    for part, table, row in told:
        matter = part.for_decision.get(table) or _matter(row, sources)
        facts = tuple(_facts(row, names))
        if facts:
            found.append(Item(key=_key(part.slug, table, row), part=part.title, table=table, matter=matter, facts=facts,
                              holder=_holder(row, matter, holders, sources)))  # fmt: skip
    return found


def holders_of(items: Collection[Item]) -> dict[str, int]:
    """By who holds it, how many of these items; the pilot itself last."""
    found: dict[str, int] = {}
    for item in items:
        found[item.holder] = found.get(item.holder, 0) + 1
    return dict(sorted(found.items(), key=lambda each: (each[0] == OURS, each[0])))


def _matter(row: Mapping[str, Any], sources: Sources) -> str:
    """Why the row itself is for a decision: by the service, the row of the policy, or the kind of fact that it names."""
    details = row.get("details")
    service = row.get("service") or (details.get("service") if isinstance(details, Mapping) else "")
    asked = (ROWS.get(sources.service_rows.get(str(service), "")), ROWS.get(str(row.get("row"))), FACTS.get(str(row.get("kind"))))
    kind, _, _ = str(row.get("what", "")).partition(".")
    of_part = [*{matter for part in sources.parts if part.slug == kind for matter in part.for_decision.values()}]
    return next((matter for matter in (*asked, *of_part[:1]) if matter), "")


def _holder(row: Mapping[str, Any], matter: str, holders: Mapping[int, str], sources: Sources) -> str:
    if row.get("source_id"):
        return holders.get(row["source_id"], NOT_KNOWN_BY_US)
    return sources.pilot.home(HOMES[matter]).system if matter in HOMES else OURS


def _agencies(numbers: Sequence[int], sources: Sources) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in parts_of(sorted(set(numbers))):
        rows = SourceRow.objects.filter(pk__in=part).values_list("pk", "feed")
        found |= {pk: sources.agencies.get(feed, NOT_KNOWN_BY_US) for pk, feed in rows}
    return found


def _key(part: str, table: str, row: Mapping[str, Any]) -> str:
    """Of a row with a number by that; else by all that it says."""
    told = str(row["id"]) if "id" in row else json.dumps(dict(row), sort_keys=True, default=str)
    return f"{part}:{hashlib.sha256(f'{table}|{told}'.encode()).hexdigest()[:20]}"


def _facts(row: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What a row says, in words: without numbers that mean something to a machine alone, without what is empty.

    `names`: services and providers, by slug, as the pilot file calls them.
    """
    for name, value in row.items():
        if name in TECHNICAL or name.endswith("_id"):
            continue
        said = _said(value)
        if said:
            words = name.replace("_", " ")
            yield words[:1].upper() + words[1:], names.get(said, said.replace("_", " ") if _CODE.fullmatch(said) else said)


def _said(value: Any) -> str:
    if value is None or value == "" or value == {} or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return day_in_words(london_date(value))
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{str(name).replace('_', ' ')} {said}" for name, each in value.items() if (said := _said(each)))
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, map(_said, value)))
    return "; ".join(filter(None, map(str.strip, str(value).splitlines())))
