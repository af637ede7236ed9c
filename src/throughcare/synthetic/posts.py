"""The posts of the demonstration, and who holds them: one account a role to sign in with, staff without a password for the rest.

Everything is done by the actions of `casework.access`, as a real pilot's administrator would. Nobody has a personal name.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import polars as pl
from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher
from django.db import transaction

from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Account, Allocation, Post
from throughcare.casework.access.policy import ROLES
from throughcare.casework.access.queries import on_the_day
from throughcare.casework.access.reader import Reader
from throughcare.casework.people.models import CustodySpell
from throughcare.casework.referrals.reach import to_provider
from throughcare.core.pilot import Pilot
from throughcare.registry.parts import reach, service_rows
from throughcare.strands.courts.queries import list_matches
from throughcare.synthetic.casting_courts import GAP

BY = "demonstration"
PASSWORD = "demonstration"
QUICK = 1_000
SINCE = date(2016, 2, 1)
BOROUGH, COURT, PRISON, PROVIDER = "Hackney", "Thames", "Pentonville", "osmani_trust"
"""What the demonstration's own co-ordinator, court officer, prison co-ordinator and mentors work for."""

PATHWAYS = ("forensic_mental_health", "blue_sky")
"""Providers whose people have roles of their own, with an account each."""

SENIORS = ("CRC Hackney", "NPS Hackney", "CRC Tower Hamlets")
VACANT = ("N07A108",)
"""An officer of the first senior's office who has left: the caseload stays with the post."""

BOTH = ("court-highbury-corner", "nps-n07n112")
"""One account holds both: an officer who also does the court's work."""

SIGNS_OFF = "data-protection-cover"
"""A second account at the data-protection officer's desk: who decides what a person is given does not sign it off."""

ALONE = {
    "health_practitioner": "Forensic mental health", "employment_broker": "Blue Sky", "police_researcher": "Research hub",
    "monitoring_officer": "Monitoring centre", "pilot_manager": "Pilot office", "analyst": "Pilot office",
    "evaluator": "Evaluation", "data_protection_officer": "Pilot office", "auditor": "Audit", "system_admin": "Pilot office",
}  # fmt: skip
"""The roles with one post each, and their office; but of mental-health practitioners and monitoring officers there are two."""


@dataclass(kw_only=True)
class Switchboard:
    """Telephone numbers from the range that is kept for fiction, each given once."""

    used: Iterator[int] = field(default_factory=lambda: count(100))

    def number(self) -> str:
        return f"020 7946 0{next(self.used):03d}"


def slug(words: str) -> str:
    return words.lower().replace("_", "-").replace(" ", "-")


@transaction.atomic
def make_officers(extracts: Path, lines: Switchboard) -> int:
    """The posts of the officers whom the caseloads name, before the caseloads come; gives how many."""
    named = ["manager", "agency", "office_borough"]
    told = pl.concat([pl.read_csv(extracts / f"{agency}-caseloads.csv", columns=named) for agency in ("crc", "nps")])
    for code, agency, borough in told.unique().sort("agency", "manager").iter_rows():
        access.make_post(
            by=BY, slug=slug(f"{agency}-{code}"), title=f"Offender manager {code}", role="offender_manager", agency=agency,
            code=code, office=f"{agency} {borough}", telephone=lines.number(),
        )  # fmt: skip
    return told["manager"].n_unique()


@transaction.atomic
def make_desks(pilot: Pilot, lines: Switchboard) -> None:
    """The posts of boroughs, courts, prisons, seniors, providers, and those there is one of."""

    def post(name: str, title: str, role: str, *, place: str = "", team: str = "", office: str = "", agency: str = "") -> None:
        access.make_post(by=BY, slug=name, title=title, role=role, place=place, team=team, office=office, agency=agency,
                         telephone=lines.number())  # fmt: skip

    for borough in pilot.boroughs:
        post(f"iom-{slug(borough)}", f"IOM co-ordinator, {borough}", "iom_coordinator", place=borough, office=f"IOM {borough}")
        post(f"tasking-{slug(borough)}", f"Tasking officer, {borough}", "tasking_officer", place=borough, agency="police")
    for court in pilot.courts:
        post(f"court-{slug(court)}", f"Court officer, {court}", "court_officer", place=court, office=f"NPS {court}", agency="NPS")
    for prison in pilot.prisons:
        post(f"prison-{slug(prison)}", f"Prison co-ordinator, {prison}", "prison_coordinator", place=prison, agency="CRC",
             office="CRC prisons")  # fmt: skip
    for office in SENIORS:
        post(f"senior-{slug(office)}", f"Senior officer, {office}", "senior_officer", office=office, agency=office[:3])
    for each in pilot.providers:
        post(f"{slug(each.slug)}-administrator", f"Administrator, {each.name}", "provider_admin", place=each.slug,
             office=each.name)  # fmt: skip
        for service in each.services if len(each.services) > 1 else ("",):
            name = next((s.name for s in pilot.services if s.slug == service), "")
            post(slug(f"{each.slug} {service}".strip()), f"{each.name}{f', {name}' if name else ''}", "provider_worker",
                 place=each.slug, team=service, office=each.name)  # fmt: skip
    for n in (1, 2):
        post(f"volunteer-{n}", f"Volunteer mentor {n}", "volunteer", place=PROVIDER, team="mentoring", office="Osmani Trust")
    for role, office in ALONE.items():
        post(slug(role), ROLES[role], role, office=office)
    post("monitoring-officer-2", f"Second {ROLES['monitoring_officer'].lower()}", "monitoring_officer",
         office=ALONE["monitoring_officer"])  # fmt: skip
    post("health-practitioner-2", f"Second {ROLES['health_practitioner'].lower()}", "health_practitioner",
         office=ALONE["health_practitioner"])  # fmt: skip


@transaction.atomic
def make_holders(day: date, *, appointments: Path) -> int:
    """Who holds the posts: one account a role, staff accounts for the rest; gives the number of accounts to sign in with.

    `appointments`: the extract of them, by which an officer with people to see on the day is chosen.
    """
    due = pl.read_csv(appointments, columns=["due_on", "manager"], try_parse_dates=True).filter(pl.col("due_on") == day)
    chosen = {role: _chosen(role, day, Counter(due["manager"])) for role in ROLES}
    with _hashed_quickly():
        accounts = {
            role: access.make_account(
                by=BY, username=slug(role), name=words, password=PASSWORD, email=f"{slug(role)}@demonstration.example"
            )
            for role, words in ROLES.items()
        }
        cover = access.make_account(by=BY, username=SIGNS_OFF, name="Covers the data-protection officer", password=PASSWORD)
        both = access.make_account(by=BY, username="court-and-caseload", name="Court officer with a caseload", password=PASSWORD)
    for role, post in chosen.items():
        access.hold(by=BY, post=post, account=accounts[role], start=SINCE)
    _covers(chosen["offender_manager"], accounts["offender_manager"], day)
    until = day + timedelta(days=30)
    access.hold(by=BY, post=chosen["data_protection_officer"], account=cover, start=SINCE, end=until, cover=True)
    court, caseload = (Post.objects.get(slug=name) for name in BOTH)
    access.hold(by=BY, post=caseload, account=both, start=SINCE)
    _vacant_for_months(court, after=both)
    taken = {post.pk for post in chosen.values()}
    for post in Post.objects.exclude(pk__in=taken).exclude(code__in=VACANT).exclude(slug__in=BOTH).order_by("pk"):
        name = f"officer-{post.code}" if post.code else f"staff-{post.slug}"
        account = access.make_account(by=BY, username=name, name=post.title)
        access.hold(by=BY, post=post, account=account, start=SINCE)
    return len(accounts) + 2


def _vacant_for_months(court: Post, *, after: Account) -> None:
    """The officer of the court left, and nobody held the post until the other came."""
    left, came = GAP
    before = access.make_account(by=BY, username=f"staff-{court.slug}-before", name=court.title)
    access.hold(by=BY, post=court, account=before, start=SINCE)
    access.remove_account(by=BY, account=before, on=left)
    access.hold(by=BY, post=court, account=after, start=came)


def _chosen(role: str, day: date, due: Counter[str]) -> Post:
    """The post of a role that the demonstration's account holds: the one at which most is to be done, in Hackney's way."""
    posts = Post.objects.filter(role=role).order_by("pk")
    if role == "offender_manager":
        theirs = posts.filter(office=SENIORS[0]).exclude(code__in=VACANT)
        out = CustodySpell.objects.filter(end=day).values("person")
        left = Counter(Allocation.objects.filter(on_the_day(day), person__in=out).values_list("post", flat=True))
        return max(theirs, key=lambda post: (left[post.pk] > 0, due[post.code]))
    if role == "provider_worker":
        theirs = posts.exclude(place__in=PATHWAYS)
        return max(theirs, key=lambda post: (to_provider([post], day).filter(state=None).count(), post.place == PROVIDER))
    if role == "provider_admin":
        return posts.get(place=_chosen("provider_worker", day, due).place)
    preferred = {
        "iom_coordinator": BOROUGH, "tasking_officer": BOROUGH, "court_officer": COURT, "prison_coordinator": PRISON,
    }  # fmt: skip
    return posts.get(place=preferred[role]) if role in preferred else posts[0]


def _covers(own: Post, account: Account, day: date) -> None:
    """Until the end of the week the account also covers a colleague of its office, whose post is held by somebody else."""
    colleagues = Post.objects.filter(office=own.office, role=own.role).exclude(pk=own.pk).exclude(code__in=VACANT)
    other = colleagues.order_by("pk")[0]
    access.hold(by=BY, post=other, account=account, start=day - timedelta(days=2), end=day + timedelta(days=3), cover=True)


@contextmanager
def _hashed_quickly() -> Iterator[None]:
    """Hashes in a moment what is no secret, the demonstration's password; Django hashes it with full care at a first sign-in."""
    hasher = get_hasher()
    if not isinstance(hasher, PBKDF2PasswordHasher):
        yield
        return
    usual, hasher.iterations = hasher.iterations, QUICK
    try:
        yield
    finally:
        hasher.iterations = usual


@transaction.atomic
def match_volunteers(day: date) -> int:
    """Each volunteer is matched with some of those whom the provider's mentoring has begun with."""
    begun = to_provider(list(Post.objects.filter(slug="volunteer-1")), day).filter(state="started").order_by("-sent_on", "pk")
    people = list(dict.fromkeys(begun.values_list("person", flat=True)))[:7]
    for n, person in enumerate(people):
        post = Post.objects.get(slug="volunteer-1" if n < 4 else "volunteer-2")
        access.allocate(by=BY, person=person, post=post, on=day - timedelta(days=20))
    return len(people)


@transaction.atomic
def hand_over(day: date) -> int:
    """The senior has asked the officer to take some of the vacant post's people; nobody has answered."""
    senior, manager = _own("senior-officer"), _own("offender-manager")
    vacant = Post.objects.get(code=VACANT[0])
    people = list(Allocation.objects.filter(on_the_day(day), post=vacant).order_by("pk").values_list("person", flat=True)[1:3])
    access.ask_handover(by=f"senior-officer as {senior.slug}", people=people, from_post=vacant, to_post=manager,
                        on=day - timedelta(days=1), reason="The post is vacant")  # fmt: skip
    return len(people)


def _own(username: str) -> Post:
    """The post that an account holds, not covers."""
    return Account.objects.get(username=username).holdings.get(cover=False).post


@transaction.atomic
def limit_access(day: date) -> int:
    """Three limited-access people: one kept from the offender manager, one whom today's court lists, one that names nobody."""
    manager, senior = Account.objects.get(username="offender-manager"), Account.objects.get(username="senior-officer")
    own = _own("offender-manager")
    office = Post.objects.filter(office=own.office, role="offender_manager")
    near = Allocation.objects.filter(on_the_day(day), post__in=office.exclude(pk=own.pk).exclude(holdings__account=manager))
    kin = near.order_by("pk").values_list("person", flat=True)[0]
    known = next(person for person in list_matches(COURT, day, as_at=day)["person"] if person != kin)
    others = Allocation.objects.filter(on_the_day(day), post__office="NPS Newham")
    away = others.order_by("pk").values_list("person", flat=True)[0]
    ring = _own("senior-officer")
    access.limit(by=BY, person=kin, kind="excluded", accounts=[manager], start=SINCE, reason="Related to the officer")
    access.limit(by=BY, person=known, kind="restricted", accounts=[senior], start=SINCE, ring=ring, reason="Known to staff")
    access.limit(by=BY, person=away, kind="restricted", accounts=[], start=SINCE, reason="Protected; ask the pilot manager")
    return 3


def reader_of(username: str, day: date) -> Reader:
    """The account at its own post, not one it covers, as on the day."""
    account = Account.objects.get(username=username)
    return acting_as(account, account.holdings.get(cover=False).post, day)


def acting_as(account: Account, post: Post, day: date) -> Reader:
    """The account at that post, as on the day."""
    return Reader(account=account, post=post, posts=(post,), day=day, reach=reach(), service_rows=service_rows())
