"""Whatever is done in whatever order, the available money is never below zero on any day, and a refusal changes nothing."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

from throughcare.core.errors import UserError
from throughcare.strands.budgets import actions
from throughcare.strands.budgets.models import Place, Purchase
from throughcare.strands.budgets.queries import account

FIRST = date(2016, 12, 5)
DAYS = st.integers(0, 9).map(lambda n: FIRST + timedelta(days=n))
PENCE = st.integers(1, 60_000)


class Spending(RuleBasedStateMachine):
    """One place and anything that people may try with it. The test below gives the place."""

    place: Place
    bought = Bundle("bought")

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.refused = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def tried(self, verb, **given) -> Purchase | None:
        """Does it, or sees that the refusal has changed nothing."""
        before = list(Purchase.objects.order_by("pk").values())
        try:
            return verb(**given)
        except UserError:
            self.refused += 1
            assert list(Purchase.objects.order_by("pk").values()) == before
            return None

    @rule(target=bought, pence=PENCE, on=DAYS)
    def ask(self, pence, on):
        made = self.tried(
            actions.ask, by="ann", place=self.place, description="Coaching", provider="Moving On", pence=pence, on=on
        )
        return multiple() if made is None else made

    @rule(purchase=bought, on=DAYS, by=st.sampled_from(["ann", "ben"]))
    def approve(self, purchase, on, by):
        self.tried(actions.approve, by=by, purchase=purchase, on=on)

    @rule(purchase=bought, on=DAYS, verb=st.sampled_from([actions.order, actions.invoice, actions.pay, actions.cancel]))
    def step(self, purchase, on, verb):
        self.tried(verb, by="ann", purchase=purchase, on=on)

    @rule(purchase=bought, on=DAYS, share=st.integers(0, 100))
    def deliver(self, purchase, on, share):
        self.tried(actions.deliver, by="ann", purchase=purchase, on=on, pence=purchase.pence * share // 100)

    @invariant()
    def never_below_zero(self):
        for n in range(-1, 12):
            stands = account(self.place, FIRST + timedelta(days=n))
            assert 0 <= stands.available <= stands.allocation

    @invariant()
    def large_purchases_are_approved_by_another(self):
        assert not any(
            p.approved_by == p.asked_by and p.pence > 10_000 for p in Purchase.objects.filter(approved_on__isnull=False)
        )


@pytest.mark.slow
def test_available_money_is_never_below_zero(accepted):
    Spending.place = actions.open_place(by="london_crc", referral=accepted(), on=FIRST)
    run_state_machine_as_test(Spending, settings=settings(max_examples=40, stateful_step_count=25, deadline=None))
