"""What may be decided about the cohort: each check refuses with the record and the mend."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from throughcare.casework.cohort import errors
from throughcare.casework.cohort.models import LEAVE, RATINGS, Membership, Proposal
from throughcare.casework.people.models import Person
from throughcare.rules.eligibility.decide import MOVED_OUT, SENTENCE_ENDED

COORDINATOR = "coordinator:"
BY_DATE_OR_ADDRESS = (SENTENCE_ENDED, MOVED_OUT)
"""Why a member leaves where a day or an address alone says so: such leavers may be decided together."""

LONGEST_PARKED = timedelta(days=92)


def reason_given(reason: str, record: str) -> None:
    if not reason.strip():
        raise errors.ReasonMissing(
            what="a decision has no reason", record=record, expected="a reason in words", mend="say why"
        )  # fmt: skip


def may_decide(by: str, row: Proposal, reason: str) -> None:
    """An open proposal, with a reason, by anyone but a co-ordinator of another borough."""
    record = f"proposal {row.pk} (person {row.person_id} to {row.kind})"
    reason_given(reason, record)
    if row.state != "open":
        raise errors.ProposalDecided(
            what=f"the proposal is {row.state}", record=record, expected="a proposal that is open",
            mend="propose again, and decide what is open then",
        )  # fmt: skip
    decides_for(by, row.borough, record)


def may_be_together(row: Proposal) -> None:
    if row.kind != LEAVE or row.because not in BY_DATE_OR_ADDRESS:
        raise errors.OneByOne(
            what="this proposal is not decided together with others", record=f"proposal {row.pk} (person {row.person_id})",
            expected="leavers by date or address", mend="decide it on its own page",
        )  # fmt: skip


def may_park(row: Proposal, until: date, on: date) -> None:
    """Until a later day, and not for so long that it would be a refusal without being called one."""
    if not on < until <= on + LONGEST_PARKED:
        raise errors.WrongDay(
            what="a proposal is parked for at least a day and at most three months", record=f"proposal {row.pk}",
            expected=f"a day after {on}, until {on + LONGEST_PARKED}", mend="choose an earlier day, or refuse the proposal",
        )  # fmt: skip


def taken_back_once(row: Proposal, reason: str) -> None:
    reason_given(reason, f"proposal {row.pk}")
    if row.state not in ("accepted", "refused"):
        raise errors.NothingToTakeBack(
            what=f"the proposal is {row.state}: there is no decision to take back", record=f"proposal {row.pk}",
            expected="a proposal accepted or refused", mend="look at it again",
        )  # fmt: skip


def nothing_followed(fine: bool, record: str, mend: str) -> None:
    """Refuses where what came of a decision is no longer as the decision left it."""
    if not fine:
        raise errors.NothingToTakeBack(
            what="what came of the decision has gone on", record=record, expected="that nothing has followed", mend=mend
        )  # fmt: skip


def decides_for(by: str, borough: str, record: str) -> None:
    """A co-ordinator, by "coordinator:" and the borough, decides for that borough only. Other names are not bound to one."""
    own = by.removeprefix(COORDINATOR)
    if by.startswith(COORDINATOR) and own != borough.lower().replace(" ", "-"):
        raise errors.OtherBorough(
            what=f"{by} decides for another borough", record=record, expected=f"the co-ordinator of {borough or 'no borough'}",
            mend="leave it to that co-ordinator",
        )  # fmt: skip


def decided_on_or_after(rows: Sequence[Proposal], on: date) -> None:
    """Nothing is decided before the day whose facts it rests on."""
    for row in rows:
        if on < row.as_at:
            raise errors.WrongDay(
                what=f"{on} is before the day of the proposal", record=f"proposal {row.pk} (person {row.person_id})",
                expected=f"{row.as_at} or later", mend="give the day of the decision",
            )  # fmt: skip


def one_each(people: Mapping[int, int]) -> None:
    twice = [person for person, times in people.items() if times > 1]
    if twice:
        raise errors.AlreadyMember(
            what="two proposals of one person are accepted at once", record=f"person {twice[0]}",
            expected="one proposal a person", mend="decide them one after the other",
        )  # fmt: skip


def may_join(person: int, held: Collection[Membership], on: date) -> None:
    """No membership of the person goes on at the day or begins later: memberships never overlap."""
    later = [m for m in held if m.end is None or m.end > on]
    if later:
        raise errors.AlreadyMember(
            what="the person is a member already", record=f"person {person}, member from {later[0].start}",
            expected=f"nobody who is a member on {on} or later", mend="end that membership first",
        )  # fmt: skip


def current(person: int, held: Collection[Membership], on: date) -> list[Membership]:
    """The memberships running on the day, begun before it: one, or those of two people since found to be one."""
    found = [m for m in held if m.start < on and m.end is None]
    if not found:
        raise errors.NotAMember(
            what=f"the person is no member whose membership can end or pass on {on}", record=f"person {person}",
            expected="a membership begun before that day and not ended", mend="correct the day, or withdraw the proposal",
        )  # fmt: skip
    return found


def may_rate(person: int, rag: str, reason: str, on: date, members: Collection[int]) -> None:
    reason_given(reason, f"person {person}")
    if rag not in RATINGS:
        raise errors.NoSuchRating(
            what=f"{rag!r} is no rating", record=f"person {person}", expected=", ".join(RATINGS), mend="write one of these"
        )  # fmt: skip
    if person not in members:
        raise errors.NotAMember(
            what="only members are rated", record=f"person {person}", expected=f"a member on {on}", mend="correct the day"
        )  # fmt: skip


def person_known(person: int, found: Person | None) -> None:
    if found is None:
        raise errors.NoSuchPerson(
            what="there is no such person", record=f"person {person}", expected="a person on record, not merged into another",
            mend="look the person up again",
        )  # fmt: skip
