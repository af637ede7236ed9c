"""What stands in a plan: its sections, the grading of each item, who may be shown it, and what looks like a source.

Grading is the United Kingdom's published 3x5x2 scheme (College of Policing, Authorised Professional Practice: intelligence
report): three evaluations of the source, five assessments of the information, two handling codes. Handling decides item by item
who may be shown it: P goes to everybody whose work the section is for, C to those whom its condition names. An unknown code is
shown to nobody.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

SOURCES = {"1": "Reliable", "2": "Untested", "3": "Not reliable"}
ASSESSMENTS = {
    "A": "Known directly to the source", "B": "Known indirectly to the source, and corroborated",
    "C": "Known indirectly to the source", "D": "Not known", "E": "Suspected to be false",
}  # fmt: skip
SHARED, CONDITIONAL = "P", "C"
HANDLING = {SHARED: "Lawful sharing permitted", CONDITIONAL: "Lawful sharing permitted with conditions"}
_HUB = ("police_researcher", "data_protection_officer")
_POLICE = (*_HUB, "tasking_officer")
_MANAGERS = (*_POLICE, "iom_coordinator", "senior_officer", "offender_manager")
EVERYBODY = (*_MANAGERS, "prison_coordinator")
SHOWN_TO: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "hub": ("The research hub alone", _HUB),
    "police": ("The hub and the borough's police", _POLICE),
    "managers": ("The police and who supervises the person, not the prison", _MANAGERS),
}
"""Of code C: by condition its words, and the roles of the access policy that it names. The data-protection officer answers
requests to see what is held, and is shown what they cover."""

SECTIONS: Mapping[str, str] = {
    "pattern": "Offending pattern", "associates": "Associates", "open_source": "Open-source notes",
    "officers": "Risk to officers", "lifestyle": "Lifestyle", "places": "Places and vehicles",
    "release": "Suggestions for the release plan", "resettlement": "Suggestions for the resettlement plan",
    "sentence": "Suggestions for the sentence plan",
}  # fmt: skip
SUGGESTIONS = ("release", "resettlement", "sentence")
"""The sections for whoever plans with the person: sanitised, and all that anybody but the police is shown."""


@dataclass(frozen=True, kw_only=True)
class Grading:
    """Source, assessment, handling, and for code C whom its condition names; "" for code P."""

    source: str
    assessment: str
    handling: str
    shown_to: str = ""

    @property
    def code(self) -> str:
        """As police write it: 2CP."""
        return f"{self.source}{self.assessment}{self.handling}"

    @property
    def words(self) -> str:
        told = f"{SOURCES[self.source]} source; {_lower(ASSESSMENTS[self.assessment])}; {_lower(HANDLING[self.handling])}"
        return f"{told}: {_lower(SHOWN_TO[self.shown_to][0])}" if self.shown_to else told

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that may be shown it; none where a code is not of the scheme."""
        if self.handling == SHARED and not self.shown_to:
            return EVERYBODY
        return SHOWN_TO[self.shown_to][1] if self.handling == CONDITIONAL and self.shown_to in SHOWN_TO else ()

    def fault(self) -> str:
        """What is wrong with it, in words; "" where it is a grading of the scheme."""
        if self.source not in SOURCES or self.assessment not in ASSESSMENTS or self.handling not in HANDLING:
            return "a grade is not one of the 3x5x2 scheme"
        if self.handling == CONDITIONAL and self.shown_to not in SHOWN_TO:
            return "code C needs to say who may be shown it"
        return "code P has no condition" if self.handling == SHARED and self.shown_to else ""


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def may_be_shown(grading: Grading, roles: Collection[str]) -> bool:
    """Whether somebody who reaches the person in these roles may be shown the item."""
    return not set(roles).isdisjoint(grading.roles)


def strictest(gradings: Collection[Grading]) -> str:
    """The handling of a whole paper in words: that of the item fewest may be shown; "" of none."""
    if not gradings:
        return ""
    least = min(gradings, key=lambda each: len(each.roles))
    return f"Handling {least.handling}: {_lower(SHOWN_TO[least.shown_to][0]) if least.shown_to else _lower(HANDLING[SHARED])}"


_TELLS = (
    ("names an informant", r"\b(informants?|CHIS|covert human|grass(ed|es)?)\b"),
    ("speaks of a source", r"\b(sources?\s+(says?|said|states?|stated|tells?|told|reports?|reported)|(our|a|the)\s+source)\b"),
    ("says who told it", r"\b((mother|father|brother|sister|partner|girlfriend|boyfriend|neighbour|cell ?mate|friend|wife)"
                         r"\s+(says?|said|told|tells|rang|called|reported))\b"),
    ("tells how it was learned", r"\b(undercover|intercept(s|ed|ion)?|surveillance|listening device|phone tap|test purchase)\b"),
    ("speaks of a caller", r"\b(crimestoppers|anonymous(ly)?( call(er)?)?|caller)\b"),
    ("speaks of a victim or a witness", r"\b(victims?|witness(es)?)\b"),
    ("has the number of an intelligence report", r"\b(URN|intel(ligence)? (report|log)|crimint)\b"),
    ("has a telephone number", r"(?<!\d)(\+44\s?\d|0\d)[\d\s]{8,12}\d"),
)  # fmt: skip


def looks_like_a_source(text: str) -> tuple[str, ...]:
    """What in the words may let somebody work out a source, each in words; nothing where nothing was found.

    It is a check, not proof: what it finds may be harmless, and what it does not find may not be. Whoever writes decides.
    """
    return tuple(words for words, pattern in _TELLS if re.search(pattern, text, re.I))
