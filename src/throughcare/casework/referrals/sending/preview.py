"""What whoever delivers a service will see of a person, row by row of the policy, before it is sent to them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from throughcare.casework.access.models import Post
from throughcare.casework.access.policy import policy
from throughcare.casework.access.queries import holders, manager_of
from throughcare.casework.cohort.standing import in_cohort, score_over_time
from throughcare.casework.notes.queries import risks_of
from throughcare.casework.people.names import SHORT, aliases_of, named
from throughcare.casework.people.where import Whereabouts, where
from throughcare.casework.referrals.models import STRUCK
from throughcare.casework.referrals.reach import PATHWAYS
from throughcare.core.contracts import TimelineEntry
from throughcare.core.dates import day_in_words, weekday_in_words

WITH_A_REASON = "risks"
"""Struck out only where somebody says why: a worker's safety may rest on it."""
OF_PATHWAYS = ("referrals", "panel")
"""Told beside the others where a pathway delivers the service: what others do for the person, and what the panel said."""
SHOWN = ("identity", *STRUCK, "sessions", *OF_PATHWAYS)
"""The rows that tell of the person, in the order of the preview. Others tell of the provider's own work with them."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the policy as the provider will see it: what it says now, and in how many entries of the timeline."""

    slug: str
    words: str
    lines: tuple[str, ...]
    before: tuple[str, ...]

    @property
    def struck(self) -> bool:
        """Whether it may be struck out."""
        return self.slug in STRUCK

    @property
    def needs_reason(self) -> bool:
        return self.slug == WITH_A_REASON


def role_of(service: str) -> str:
    """The role that works with the person there."""
    return next((role for role, theirs in PATHWAYS.items() if theirs == service), "provider_worker")


def rows_for(service: str, told: Mapping[str, Row]) -> list[Row]:
    """Of all that is told of the person, the rows that who delivers the service will see."""
    role = role_of(service)
    shown = SHOWN if role in PATHWAYS else [row for row in SHOWN if row not in OF_PATHWAYS]
    return [told[row] for row in shown if row in told and policy().cell(row, role)]


def told_of(person: int, day: date, entries: Mapping[str, Sequence[TimelineEntry]]) -> dict[str, Row]:
    """By row of the policy, all that may be told of the person on the day, as their page tells it. A row with nothing is there:
    what comes later will be seen too. `entries`: by row, the timeline from every part, less what is not known on the day yet.
    """
    place = where(person, day)
    return {
        row: Row(
            slug=row, words=policy().rows[row], lines=tuple(_TOLD[row](person, day, place)) if row in _TOLD else (),
            before=tuple(f"{weekday_in_words(entry.on)}: {entry.words}" for entry in entries.get(row, ())),
        )
        for row in SHOWN
    }  # fmt: skip


def _identity(person: int, day: date, place: Whereabouts) -> list[str]:
    who = named([person])[person]
    numbers = [f"{words} {value}" for kind, words in SHORT.items() if kind in ON_PAGES and (value := getattr(who, kind))]
    age, on = who.age(day), who.date_of_birth
    born = [f"{age}, born {day_in_words(on)}"] if age is not None and on else []
    also = [f"Also {'; '.join(aliases)}"] if (aliases := aliases_of(person)) else []
    return [who.shown, *born, *numbers, *also]


def _address(person: int, day: date, place: Whereabouts) -> list[str]:
    """Of somebody in prison the page tells it to nobody who sees that they are there."""
    later = "When out of prison, or now if you strike out custody: " if place.prison else ""
    return [f"{later}Lives in {place.borough}, {place.postcode}"] if place.borough else []


def _supervision(person: int, day: date, place: Whereabouts) -> list[str]:
    until = f" until {day_in_words(place.until)}" if place.until else ""
    return [f"{place.status}{until}, {place.agency}"] if place.status else []


def _custody(person: int, day: date, place: Whereabouts) -> list[str]:
    if not place.prison or place.prison_since is None:
        return []
    remand = " on remand" if place.on_remand else ""
    planned = f", release planned on {weekday_in_words(place.release_planned_on)}" if place.release_planned_on else ""
    posts = Post.objects.filter(role="prison_coordinator", place=place.prison, closed_on=None).order_by("pk")
    with_them = [_post("Prison co-ordinator", post, day) for post in posts]
    return [f"In {place.prison}{remand} since {day_in_words(place.prison_since)}{planned}", *with_them]


def _caseload(person: int, day: date, place: Whereabouts) -> list[str]:
    manager = manager_of(person, day)
    return [_post("Offender manager", manager, day)] if manager else []


def _post(what: str, post: Post, day: date) -> str:
    """The post, who holds it, and the number to ring."""
    held = ", ".join(each.account.shown + (" (covering)" if each.cover else "") for each in holders([post], day).get(post.pk, ()))
    return f"{what}: {', '.join(filter(None, (post.title, held or 'Vacant', post.telephone)))}"


def _cohort(person: int, day: date, place: Whereabouts) -> list[str]:
    """With the rule's reasons: and who sees them is told for which services they are eligible, and why not for others."""
    cohort = in_cohort(person, day)
    proposed = [f"Proposed to {cohort.proposed}"] if cohort.proposed else []
    if cohort.member and cohort.since:
        off = ["Put forward off the rule"] if cohort.off_rule else []
        return [f"In the cohort since {day_in_words(cohort.since)}, {cohort.borough}", *off, *proposed, *cohort.reasons, ELIGIBLE]
    left = f"Left the cohort on {day_in_words(cohort.left_on)}" if cohort.left_on else "Not in the cohort"
    return [left, *proposed, ELIGIBLE]


def _score(person: int, day: date, place: Whereabouts) -> list[str]:
    found = score_over_time(person, day, moves=1)
    if not found:
        return []
    now, before = found[0], found[1:2]
    was = [f", was {each.score} ({each.because} on {day_in_words(now.on)})" for each in before]
    return [f"Score {'cannot be worked out' if now.score is None else now.score}{''.join(was)}", "How the score came about"]


ON_PAGES = ("crn", "pnc", "prison_number")
ELIGIBLE = "For which services they are eligible, and why not for others"
_TOLD: Mapping[str, Callable[[int, date, Whereabouts], list[str]]] = {
    "identity": _identity, "address": _address, "supervision": _supervision, "custody": _custody,
    "risks": lambda person, day, place: risks_of(person, day), "caseload": _caseload, "cohort_membership": _cohort,
    "score": _score,
}  # fmt: skip
