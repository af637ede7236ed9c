"""What may be decided about who is who: each check refuses with the record and the mend."""

from collections.abc import Collection, Sequence

from throughcare.casework.linking import errors, queries
from throughcare.casework.linking.models import APART, SAME, Verdict
from throughcare.casework.people.models import AgencyRecord
from throughcare.casework.people.queries import current

CONTRARY = {SAME: APART, APART: SAME}


def reason_given(reason: str, record: str) -> None:
    if not reason.strip():
        raise errors.ReasonMissing(what="a decision has no reason", record=record, expected="a reason in words", mend="say why")


def records_of(person: int) -> list[int]:
    """The person's records, oldest first."""
    found = list(AgencyRecord.objects.filter(person=person).order_by("pk").values_list("pk", flat=True))
    if not found:
        raise errors.NothingToDecide(
            what="no agency's record is of this person", record=f"person {person}", expected="a person whom an agency has named",
            mend="look the person up again: the id may redirect",
        )  # fmt: skip
    return found


def person_known(person: int) -> int:
    """The number under which the person is known now."""
    try:
        now = current(person)
    except KeyError:
        now = 0
    records_of(now)
    return now


def some_of(person: int, records: Collection[int], own: Sequence[int]) -> None:
    """Some of the person's records, not all and not none."""
    if not records or not set(records) < set(own):
        raise errors.NothingToDecide(
            what="these are not some of the person's records", record=f"person {person}, records {sorted(records)}",
            expected=f"some, and not all, of {list(own)}", mend="name the records that are somebody else's",
        )  # fmt: skip


def standing(verdict: Verdict) -> None:
    if verdict.undone_at is not None:
        raise errors.VerdictUndone(
            what="the decision has been undone", record=f"decision {verdict.pk}", expected="a decision that stands",
            mend="nothing is to be done",
        )  # fmt: skip


def not_decided_otherwise(answer: str, pairs: Collection[tuple[int, int]]) -> None:
    """Nobody has said the contrary of any two of these records."""
    if any(a == b for a, b in pairs):
        raise errors.NothingToDecide(
            what="a record is on both sides", record=f"record {next(a for a, b in pairs if a == b)}",
            expected="two people", mend="name two different people",
        )  # fmt: skip
    if answer not in CONTRARY:
        return
    records = {i for pair in pairs for i in pair}
    said = queries.standing().filter(verdict__answer=CONTRARY[answer], left__in=records, right__in=records)
    both = {frozenset(pair) for pair in pairs}
    for left, right, verdict in said.values_list("left_id", "right_id", "verdict_id"):
        if frozenset((left, right)) in both:
            raise errors.DecidedOtherwise(
                what="somebody has decided the contrary", record=f"records {left} and {right} (decision {verdict})",
                expected="records about which nothing contrary is decided", mend="undo that decision first, with its reason",
            )  # fmt: skip


def done(answer: str, one: Collection[int], other: Collection[int]) -> None:
    """What was decided has come about; another decision may forbid it."""
    people = dict(AgencyRecord.objects.filter(pk__in=[*one, *other]).values_list("pk", "person_id"))
    first, second = {people[r] for r in one}, {people[r] for r in other}
    if (len(first | second) == 1) if answer == SAME else not first & second:
        return
    raise errors.DecidedOtherwise(
        what="another decision forbids it", record=f"records {sorted({*one, *other})}",
        expected="that no other decision holds them together or apart", mend="look at the decisions about these people first",
    )  # fmt: skip
