"""Every operation, in one list, so that a test can walk it. There is no operation that is not in it."""

from throughcare.api.guard import Operation
from throughcare.api.operations import figures, own, people, referrals, today

OPERATIONS: tuple[Operation, ...] = (
    *own.OPERATIONS, *today.OPERATIONS, *people.OPERATIONS, *referrals.OPERATIONS, *figures.OPERATIONS,
)  # fmt: skip
