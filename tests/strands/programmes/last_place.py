"""Run as a program on a store of its own: a group of one place, offered to two people at the same moment. What came of it."""

from datetime import date, time

from tests.at_once import at_once
from throughcare.cli.store import open_store

ON = date(2016, 12, 5)


def offer() -> None:
    from throughcare.casework.audit.actions import recording
    from throughcare.casework.people.models import Person
    from throughcare.casework.referrals import actions as referrals
    from throughcare.strands.programmes.groups import actions
    from throughcare.strands.programmes.groups.queries import places_of

    group = actions.plan_group(
        by="t", service="tiger", provider="rise_mutual", name="T", venue="V", starts_on=ON, at=time(14), weeks=1, capacity=1,
        quorum=1, on=ON,
    )  # fmt: skip
    sent = []
    for _ in range(2):
        with recording(by="test", verb="test.person"):
            person = Person(sex="M", date_of_birth=date(1995, 1, 1))
            person.save()
        told = {"person_id": person.pk, "service": "tiger", "provider": "rise_mutual", "route": "licence", "on": ON}
        sent.append(referrals.refer(by="ann", override="a test", **told))
        referrals.accept(by="ann", referral=sent[-1], on=ON)
    came = at_once(*(lambda r=r: actions.offer_place(by="ann", group=group, referral=r, on=ON) for r in sent))
    print(*came, places_of(group).count())


if __name__ == "__main__":
    open_store()
    for _ in range(3):
        offer()
