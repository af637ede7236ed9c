"""Reading for letters: what one says of the store's facts on a day, which were written, which wait to be given."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from throughcare.casework.access.models import Allocation, Post
from throughcare.casework.access.queries import manager_of
from throughcare.casework.cohort.models import Membership
from throughcare.casework.letters import sentences as say
from throughcare.casework.letters.models import HOW, KINDS, Letter
from throughcare.casework.people.models import Person
from throughcare.casework.people.queries import on_the_day
from throughcare.casework.referrals.standing import facts_of_one, standing_of
from throughcare.core.contracts import TimelineEntry
from throughcare.core.pilot import Pilot
from throughcare.core.pilot_work import LABELS
from throughcare.design.paper import FORMS, Paper, shown_again
from throughcare.rules.eligibility.facts import residence, supervised_by
from throughcare.rules.eligibility.services import fits


def letters_of(person: int, *, rows: Collection[str]) -> list[Letter]:
    """The person's letters of which these rows of the policy may be told, the latest first; not those withdrawn for another."""
    found = Letter.objects.filter(person=person, withdrawn=False).select_related("post").order_by("-on", "-pk")
    return [letter for letter in found if letter.row in rows]


def written(kind: str, about: int) -> Letter | None:
    """The letter of that kind that there is about it."""
    return Letter.objects.filter(kind=kind, about=about, withdrawn=False).order_by("-pk").first()


def membership_of(person: int, kind: str, day: date) -> Membership | None:
    """The membership that a letter of this kind would tell of: the one running; for leaving, the last that ended."""
    found = Membership.objects.filter(person=person, start__lte=day)
    found = found.filter(on_the_day(day)) if kind == "joined" else found.filter(end__lte=day)
    return found.order_by("-start", "-pk").first()


def paper_of(membership: Membership, kind: str, day: date, *, pilot: Pilot) -> Paper:
    """The letter of a membership as it would be written on the day, of the facts on record."""
    person = membership.person_id
    ring, team = ring_of(person, membership.borough, day), team_of(membership.borough)
    if kind == "left":
        on, because = membership.end or day, membership.left_because
        return say.left(pilot, to=greeting(person), day=day, on=on, because=because, ring=ring)
    known = facts_of_one(person)
    managed, home = supervised_by(known, day), residence(known, day)
    why = say.why_joined(
        pilot, because=membership.because, borough=home.borough if home else membership.borough,
        status=managed.kind if managed else "",
    )  # fmt: skip
    return say.joined(
        pilot, to=greeting(person), day=day, since=membership.start, why=why, offers=offers_to(person, day, pilot=pilot),
        ring=ring, team=team,
    )  # fmt: skip


def offers_to(person: int, day: date, *, pilot: Pilot) -> list[str]:
    """What the services that fit the person offer, in the pilot file's words for a letter; each once."""
    standing = standing_of(person, day, pilot=pilot)
    fitting = [s for s in pilot.services if s.offer and s.by_referral and fits(s, standing, as_at=day, pilot=pilot).met]
    return list(dict.fromkeys(f"{service.offer}." for service in fitting))


def greeting(person: int) -> str:
    """Dear and the name, as far as it is known."""
    who = Person.objects.get(pk=person)
    name = " ".join(filter(None, (who.forenames.split(" ")[0] if who.forenames else "", who.surname)))
    return f"Dear {name}" if name else "Hello"


def ring_of(person: int, borough: str, day: date) -> say.Ring:
    """Whom the person rings: the post that manages them, else the team of the borough."""
    manager = manager_of(person, day)
    return as_rung(manager) if manager else team_of(borough)


def team_of(borough: str) -> say.Ring:
    """The borough's co-ordinator, who decides of joining and leaving."""
    post = Post.objects.filter(role="iom_coordinator", place=borough, closed_on=None).order_by("pk").first()
    return as_rung(post) if post else say.Ring(who="the team for your area")


def as_rung(post: Post) -> say.Ring:
    """A post in plain words, with its title where that has no label and no jargon in it."""
    who = say.PLAIN_ROLES.get(post.role, "our office")
    hard = any(label in post.title.lower() for label in (*LABELS, "iom"))
    return say.Ring(who=who if hard else f"{who} ({post.title})", telephone=post.telephone)


def to_give(kind: str, day: date, *, within: int) -> QuerySet[Membership]:
    """Memberships begun (joined) or ended (left) in the days before, of which no letter is known to have been given."""
    column = "start" if kind == "joined" else "end"
    lately = {f"{column}__gt": day - timedelta(days=within), f"{column}__lte": day}
    given = Letter.objects.filter(kind=kind, about=OuterRef("pk"), withdrawn=False).exclude(given_how="")
    return Membership.objects.filter(~Exists(given), **lately)


def for_posts(
    found: QuerySet[Membership], *, managers: Sequence[Post], boroughs: Sequence[str], day: date
) -> QuerySet[Membership]:
    """Those whose letter these posts give: of a manager's caseload; of a borough, those whom nobody manages."""
    running = Allocation.objects.filter(on_the_day(day), person=OuterRef("person"), post__role="offender_manager")
    mine = Exists(running.filter(post__in=[post.pk for post in managers]))
    return found.filter(mine | (Q(borough__in=boroughs) & ~Exists(running)))


def unfinished(people: Sequence[int]) -> dict[tuple[str, int], int]:
    """By kind and what it is about, the letters of these people that are written and not given."""
    found = Letter.objects.filter(person__in=people, withdrawn=False, given_how="")
    return {(kind, about): pk for kind, about, pk in found.values_list("kind", "about", "pk")}


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """When each letter was given, and how."""
    found = Letter.objects.filter(person=person_id, withdrawn=False).exclude(given_on=None).order_by("given_on", "pk")
    return [
        TimelineEntry(
            on=letter.given_on, kind="letter", row=letter.row,
            words=f"{KINDS[letter.kind]}: {HOW[letter.given_how].lower()} ({FORMS[letter.form].lower()})",
        )
        for letter in found if letter.given_on
    ]  # fmt: skip


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every letter to a person, with all that it says; those too for which another was written."""
    return {
        "letters": [
            {
                "id": letter.pk, "letter": letter.title, "written on": letter.on, "written by": letter.by,
                "given": HOW.get(letter.given_how, ""), "given on": letter.given_on, "given by": letter.given_by,
                "withdrawn": letter.withdrawn, "row": letter.row, "what it says": " ".join(shown_again(letter.content).sentences),
            }
            for letter in Letter.objects.filter(person=person_id).order_by("pk")
        ]
    }  # fmt: skip
