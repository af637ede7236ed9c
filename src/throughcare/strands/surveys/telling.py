"""What in somebody's words may tell who is meant, or where and when it was: pointed out to whoever is about to quote them.

By looks alone, but for the places of the pilot file: to look a name up among the people on record would tell whoever writes
whether somebody is one of them. What is not pointed out may tell all the same: a person reads it.
"""

import re
from collections.abc import Mapping

from throughcare.casework.awareness.about_nobody import DAYS, like_names
from throughcare.casework.people.asked import understand
from throughcare.core.pilot import Pilot

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATES = re.compile(
    rf"\b\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?\b|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{MONTHS})\b"
    rf"|\b(?:{MONTHS}) \d{{1,4}}\b"
)
TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|PC|DC|Sgt|Officer)\.? [A-Z][a-zA-Z'’-]+")
CALLED = re.compile(r"\b(?:called|named|[Mm]y (?:mate|friend|brother|sister|cousin|worker|mentor|officer)) ([A-Z][a-z'’-]+)")
FIRST_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z'’-]+\b")
"""A word with a capital inside a sentence."""
PLACES = re.compile(
    r"\b(?:[A-Z][a-z'’-]+ ){1,3}(?:Road|Street|Lane|Avenue|Estate|House|Court|Park|Station|School|Prison|Close|Terrace)\b"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?(?: ?\d[A-Z]{2})?\b"
)
CRIMES = re.compile(
    r"\b(?:stab(?:bed|bing)?|knif(?:e|ed)|robb(?:ed|ery|ing)|burgl(?:ary|ed|ing|ar)|murder(?:ed)?|shot|shooting|rap(?:e|ed)|"
    r"assault(?:ed)?|theft|stole|stolen|steal(?:ing)?|drug dealing|dealing|shank(?:ed)?|GBH|ABH|fraud|arson)\b", re.IGNORECASE,
)  # fmt: skip


def telling(text: str, pilot: Pilot, *, participant: bool = False) -> Mapping[str, tuple[str, ...]]:
    """By kind (names, numbers, places, days, crimes), what is there; nothing of a kind of which there is nothing.

    participant: somebody whom the pilot serves said it, who must not be quoted on what they did: crimes are pointed out too, and
    every word with a capital inside a sentence, which may be a first name.
    """
    named = [*pilot.boroughs, *pilot.courts, *pilot.prisons]
    places = [*(p for p in named if re.search(rf"\b{re.escape(p)}\b", text, re.IGNORECASE)), *PLACES.findall(text)]
    known = {word for each in (*places, *(p.name for p in (*pilot.services, *pilot.providers))) for word in each.split()} | DAYS
    names = [pair for pair in like_names(text, pilot) if not set(pair.split()) & {word for p in places for word in p.split()}]
    names += [*TITLED.findall(text), *CALLED.findall(text)]
    if participant:
        names += [word for word in FIRST_NAME.findall(text) if word not in known and not any(word in name for name in names)]
    found = {
        "names": names, "numbers": [number.value for line in text.splitlines() for number in understand(line).numbers],
        "places": places, "days": DATES.findall(text),
        "crimes": [each.lower() for each in CRIMES.findall(text)] if participant else [],
    }  # fmt: skip
    return {kind: tuple(dict.fromkeys(each)) for kind, each in found.items() if each}
