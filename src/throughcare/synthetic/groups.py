"""What the demonstration's providers have planned for several people at once, done with families, and learned of what was bought.

A group of each of three providers: one with enough people whose check is asked for, one full of those who waited, one under its
quorum. Family members agreed to Pact's work. Of what was delivered with the women's budgets it is told what it did; a manager
knows of a place to keep away from. Names are invented.
"""

from datetime import date, time, timedelta

from django.db import transaction

from throughcare.casework.access.queries import allocated
from throughcare.casework.notes.actions import avoid
from throughcare.casework.referrals.reach import to_service
from throughcare.strands.budgets import actions as budgets
from throughcare.strands.budgets.queries import untold
from throughcare.strands.programmes.family import actions as family
from throughcare.strands.programmes.groups import actions as groups
from throughcare.synthetic.posts import BY, reader_of

# Service | provider | name | venue | days until it starts | hour | weeks | places | quorum | whether its check is asked for
GROUPS = (
    ("tiger", "rise_mutual", "TIGER, spring", "Community hall, Holloway", 14, time(18), 8, 10, 6, True),
    ("right_track", "rise_mutual", "Right Track, spring", "Probation office, Stratford", 21, time(14), 10, 6, 4, False),
    ("mentoring", "osmani_trust", "Job evening", "Youth centre, Brick Lane", 9, time(17, 30), 4, 8, 8, False),
)  # fmt: skip
WAITED = ("accepted", "on_hold")
# Name | relation | how they agreed | what was done
RELATIVES = (
    ("Aster Fenwold", "mother", "in_person", "met"), ("Brannoc Hale", "partner", "telephone", "call"),
    ("Corisande Pell", "sibling", "in_person", "together"),
)  # fmt: skip
DID = (
    ("helped", "She began the course and has not missed a day"), ("helped", "The children sleep at hers again"),
    ("partly", "Used for the interview; the job went to another"), ("nothing", "She never wore them"),
    ("too_early", "The course begins next month"),
)  # fmt: skip


@transaction.atomic
def fill_groups(day: date) -> int:
    """Everything above; gives the number of places given in groups."""
    given = 0
    for service, provider, name, venue, days, at, weeks, capacity, quorum, checked in GROUPS:
        group = groups.plan_group(
            by=BY, service=service, provider=provider, name=name, venue=venue, starts_on=day + timedelta(days=days), at=at,
            weeks=weeks, capacity=capacity, quorum=quorum, on=day,
        )  # fmt: skip
        waiting = to_service(service, day).filter(provider=provider, state__in=WAITED).order_by("sent_on", "pk")[:capacity]
        given += len([groups.offer_place(by=BY, group=group, referral=referral, on=day) for referral in waiting])
        if checked:
            groups.ask_check(by=BY, group=group, on=day)
    _families(day)
    _results(day)
    _keep_away(day)
    return given


def _families(day: date) -> None:
    started = to_service("building_bridges", day).filter(state="started").order_by("-sent_on", "pk")
    for referral, (name, relation, how, done) in zip(started, RELATIVES, strict=False):
        on = max(referral.state_on, day - timedelta(days=9))
        member = family.agree(by=BY, referral=referral, name=name, relation=relation, how=how, agreed_on=on, on=day)
        family.record_work(by=BY, member=member, kind=done, held_on=day - timedelta(days=2), on=day)


def _results(day: date) -> None:
    for purchase, (outcome, words) in zip(untold(day), DID, strict=False):
        budgets.tell_result(by=BY, purchase=purchase, outcome=outcome, words=words, on=day)


def _keep_away(day: date) -> None:
    """The last of the manager's people is to keep away from a place."""
    manager = reader_of("offender-manager", day)
    person = allocated(manager.acting, day).order_by("-person").values_list("person", flat=True).first()
    if person is not None and manager.sees("avoid", person, "edit"):
        avoid(reader=manager, person=person, place="The market, Ridley Road", why="The order says so", start=day)
