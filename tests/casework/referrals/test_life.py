"""A referral's life, in whatever order things are done: the table holds, clocks add up, nothing is lost, all is audited."""

import json
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from throughcare.casework.audit.models import Entry
from throughcare.casework.referrals import actions
from throughcare.casework.referrals.clocks import clocks_of
from throughcare.casework.referrals.models import ClockPause, Question, Referral, ReferralEvent
from throughcare.casework.referrals.queries import history, open_with, state_of
from throughcare.casework.referrals.reach import still_in_hand, with_state
from throughcare.casework.referrals.reasons import LISTS
from throughcare.casework.referrals.talk import actions as talk
from throughcare.casework.referrals.transitions import CLOSED, TABLE, first_fault, move
from throughcare.core.errors import UserError
from throughcare.core.working_days import working_days_between

SENT = date(2016, 6, 1)
VERBS = {
    "acknowledged": actions.acknowledge, "accepted": actions.accept, "declined": actions.decline, "started": actions.start,
    "on_hold": actions.hold, "completed": actions.complete, "ended_early": actions.end_early, "withdrawn": actions.withdraw,
    "made_in_error": actions.mark_made_in_error,
}  # fmt: skip


def reason_for(to: str) -> dict[str, str]:
    """The first reason of the list that the moves to there ask for, but for reopening; none where they ask for none."""
    asked = next(each.reasons for state in TABLE.values() for each in state.moves if each.to == to and not each.reopens)
    return {"reason": next(iter(LISTS[asked]))} if asked else {}


class Life(RuleBasedStateMachine):
    """Days go on; anybody does anything. `states`: what has really come about, `wrote`: how often something was recorded."""

    person: int

    @initialize()
    def send(self):
        self.all = transaction.atomic()
        self.all.__enter__()
        self.day, self.states = SENT, ["sent"]
        self.referral = actions.refer(
            by="manager", person_id=self.person, service="mentoring", provider="osmani_trust", route="licence", on=SENT
        )
        self.first = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
        self.wrote = self.asked = self.stopped = 0

    def teardown(self):
        if hasattr(self, "all"):
            transaction.set_rollback(True)
            self.all.__exit__(None, None, None)

    def tried(self, do, may: bool | None = None) -> bool:
        """Does it; whether it was done. `may`: whether it must have been; where it was refused, nothing was written."""
        before = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
        try:
            with transaction.atomic():
                do()
        except UserError:
            assert may is not True
            assert Entry.objects.order_by("-pk").values_list("pk", flat=True)[0] == before
            return False
        assert may is not False
        self.wrote += 1
        return True

    @property
    def state(self) -> str:
        return self.states[-1]

    def at(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 11, tzinfo=UTC)

    @rule(days=st.integers(1, 9))
    def time_passes(self, days):
        self.day += timedelta(days=days)

    @rule(to=st.sampled_from(sorted(VERBS)))
    def move(self, to):
        found = move(self.state, to)
        may = found is not None and not found.reopens and first_fault([*self.states[1:], to]) is None
        told = {"by": "worker", "referral": self.referral, "on": self.day, **reason_for(to)}
        if self.tried(lambda: VERBS[to](**told), may):
            self.states.append(to)

    @rule()
    def resume(self):
        may = self.state == "on_hold"
        if self.tried(lambda: actions.resume(by="worker", referral=self.referral, on=self.day), may):
            self.states.append(self.states[-2])

    @rule()
    def reopen(self):
        """Sent again after it was declined or withdrawn: a return."""
        ways = [each.to for each in TABLE[self.state].moves if each.reopens]
        told = {"by": "manager", "referral": self.referral, "on": self.day, "reason": "facts_changed"}
        if self.tried(lambda: actions.reopen(**told), bool(ways)):
            self.states += ways

    @precondition(lambda self: len(self.states) > 1)
    @rule()
    def a_day_before_the_last_move(self):
        early = history(self.referral.pk)[-1].on - timedelta(days=1)
        for to in TABLE[self.state].next_states:
            reopens = move(self.state, to).reopens
            reason = {"reason": "facts_changed"} if reopens else reason_for(to)
            told = {"by": "worker", "referral": self.referral, "on": early, **reason}
            self.tried(lambda do=actions.reopen if reopens else VERBS[to], told=told: do(**told), may=False)

    @rule(ago=st.integers(0, 4))
    def stop_the_clock(self, ago):
        """Refused where none runs; where it is done, no clock that is late was mended by it."""
        told = {"by": "worker", "referral": self.referral, "reason": "not_reached", "today": self.day}
        self.stopped += self.tried(lambda: talk.stop(**told, on=max(SENT, self.day - timedelta(days=ago))))

    @rule()
    def go_on(self):
        self.tried(lambda: talk.go_on(by="worker", referral=self.referral, on=self.day, today=self.day))

    @rule(side=st.sampled_from(["provider", "sender"]), stop=st.booleans())
    def ask(self, side, stop):
        told = {"by": side, "referral": self.referral, "side": side, "text": "Where?", "at": self.at()}
        stop = stop and side == "provider"
        if self.tried(lambda: talk.ask(**told, stop_clock=stop)):
            self.asked += 1
            self.stopped += stop

    @rule(back=st.booleans())
    def answer(self, back):
        """The other side's answer, or the question is taken back."""
        waiting = Question.objects.filter(referral=self.referral, answered_at=None, taken_back_at=None).first()
        if waiting is None:
            return
        other = "sender" if waiting.side == "provider" else "provider"
        told = {"question": waiting, "at": self.at()}
        self.tried(lambda: talk.answer(by="x", side=waiting.side, text="no", **told), may=False)
        if back:
            self.tried(lambda: talk.take_back(by=waiting.asked_by, **told), may=True)
        else:
            self.tried(lambda: talk.answer(by=other, side=other, text="There", **told), may=True)

    @invariant()
    def the_table_holds_and_nothing_is_lost(self):
        if not hasattr(self, "states"):
            return
        told = [event.state for event in history(self.referral.pk)]
        assert told == self.states[1:]
        assert first_fault(told) is None
        assert state_of(self.referral.pk) == self.state
        assert (open_with(self.person, "mentoring") is None) == (self.state in CLOSED)
        counts = [m.objects.filter(referral=self.referral).count() for m in (ReferralEvent, Question, ClockPause)]
        assert counts == [len(told), self.asked, self.stopped]

    @invariant()
    def what_is_in_hand_is_found_as_if_all_were_read(self):
        if not hasattr(self, "states"):
            return
        kept, events = Referral.objects.get(pk=self.referral.pk), history(self.referral.pk)
        assert kept.over_on == (events[-1].on if self.state in CLOSED else None)
        for on in (SENT, self.day, self.day + timedelta(days=13), self.day + timedelta(days=14), self.day + timedelta(days=40)):
            state = with_state(on).get(pk=kept.pk)
            closed = state.state in CLOSED
            theirs = state.state != "made_in_error" and (not closed or state.state_on > on - timedelta(days=14))
            assert still_in_hand(on).filter(pk=kept.pk).exists() == theirs

    @invariant()
    def clocks_add_up(self):
        """Never less than nothing; what counted and what was stopped are all the working days since the sending."""
        if not hasattr(self, "states"):
            return
        found = clocks_of([self.referral], self.day).get(self.referral.pk)
        if found is None:
            assert self.state not in ("sent", "acknowledged")
            return
        sent = max([SENT, *(event.on for event in history(self.referral.pk) if event.state == "sent")])
        for clock in (found.acknowledge, found.decide):
            assert min(clock.days, clock.paused) >= 0
            assert clock.days + clock.paused == clock.all_days == working_days_between(sent, clock.done_on or self.day)

    @invariant()
    def every_move_is_audited(self):
        if not hasattr(self, "states"):
            return
        since = Entry.objects.filter(pk__gt=self.first)
        assert since.filter(verb__startswith="referrals.").exists() == bool(self.wrote)
        told = [json.loads(entry.details or "{}") for entry in since.order_by("pk")]
        assert [each["to"] for each in told if "to" in each] == self.states[1:]
        assert all(entry.actor for entry in since)


def test_a_referrals_life(store):
    store.join("X000001")
    store.supervise("licence", "X000001")
    Life.person = store.person("X000001")
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    whole = settings(max_examples=10, stateful_step_count=15, suppress_health_check=checks, deadline=None)
    run_state_machine_as_test(Life, settings=whole)
