"""What everybody may read says nothing of a person: numbers of people are refused, and what looks like a name is pointed out.

A name is known by its looks alone, two words with capitals that are no name of the pilot file: to look it up among the people on
record would tell whoever writes whether somebody is one of them.
"""

import re

from throughcare.casework.awareness.errors import AboutSomebody
from throughcare.casework.people.asked import understand
from throughcare.core.pilot import Pilot

PAIR = re.compile(r"\b[A-Z][a-z'’-]+ (?:[A-Z]\.? )?[A-Z][a-zA-Z'’-]+\b")
DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
                 "September October November December".split())  # fmt: skip


def about_nobody(*texts: str) -> None:
    """Refuses words with a number that names a person: CRN, PNC, CRO, prison number."""
    for text in texts:
        for line in text.splitlines():
            if found := understand(line).numbers:
                raise AboutSomebody(
                    what=f"{found[0].value} is the number of a person, and everybody may read this", record="what was written",
                    expected="words about services and dates, and about no person", mend="leave the person out",
                )  # fmt: skip


def like_names(text: str, pilot: Pilot) -> list[str]:
    """What looks like somebody's name: for whoever writes, to look at once more. Nothing is refused for it."""
    known = _known(pilot)
    pairs = [found.group() for found in PAIR.finditer(text)]
    return [pair for pair in dict.fromkeys(pairs) if pair.lower() not in known and not DAYS & set(pair.split())]


def _known(pilot: Pilot) -> str:
    named = [each.name for some in (pilot.services, pilot.providers, pilot.awareness.trainings, pilot.awareness.meetings)
             for each in some]  # fmt: skip
    agencies = [agency for kind in pilot.awareness.meetings for agency in kind.agencies]
    return " | ".join([pilot.name, pilot.area, *pilot.boroughs, *pilot.courts, *pilot.prisons, *named, *agencies]).lower()
