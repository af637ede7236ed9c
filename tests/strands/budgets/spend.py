"""Run as a program on a store of its own: of each pair of purchases, two approvals begun at once, each on its own connection.

A line a pair: what came of the two, and what is left of the £1,000 in pence.
"""

import sys
from datetime import date

from tests.at_once import at_once
from throughcare.cli.store import open_store

ON = date(2016, 12, 5)


def spend(first: int, second: int) -> None:
    """Two purchases of so many pence for a new person; with a second one of 0, both approve the first."""
    from throughcare.casework.audit.actions import recording
    from throughcare.casework.people.models import Person
    from throughcare.casework.referrals import actions as referrals
    from throughcare.strands.budgets import actions
    from throughcare.strands.budgets.queries import account

    with recording(by="test", verb="test.person"):
        person = Person(sex="F", date_of_birth=date(1990, 1, 1))
        person.save()
    sent = referrals.refer(
        by="ann", person_id=person.pk, service="personalised_budget", route="licence", on=ON, override="a test"
    )
    referrals.accept(by="ann", referral=sent, on=ON)
    place = actions.open_place(by="ann", referral=sent, on=ON)
    asked = [
        actions.ask(by="ann", place=place, description="Course", provider="Moving On", pence=pence, on=ON)
        for pence in (first, second)
        if pence
    ]
    came = at_once(
        lambda: actions.approve(by="ben", purchase=asked[0], on=ON), lambda: actions.approve(by="cat", purchase=asked[-1], on=ON)
    )
    print(*came, account(place, ON).available)


if __name__ == "__main__":
    open_store()
    for pair in sys.argv[1:]:
        one, _, two = pair.partition("+")
        spend(int(one), int(two))
