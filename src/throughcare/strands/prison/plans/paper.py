"""The release plan as a sheet for the person: in plain words, with nothing in it that is for others."""

from datetime import date

from throughcare.casework.people.names import Named
from throughcare.core.dates import day_in_words, weekday_in_words
from throughcare.design.paper import Block, Paper, facts, heading, items, words
from throughcare.strands.prison.plans.queries import Shown


def sheet_of(stands: Shown, who: Named, day: date) -> Paper:
    """When, who comes, where to, the first appointment, whom to ring. What is not known yet is said to be so."""
    plan = stands.plan
    on = weekday_in_words(stands.release_on) if stands.release_on else "not known yet"
    at = f" at {plan.first_appointment_at}" if plan.first_appointment_at else ""
    first = f"{weekday_in_words(plan.first_appointment_on)}{at}" if plan.first_appointment_on else "not known yet"
    blocks: list[Block] = [
        words("This sheet is yours. It says what happens on the day you leave prison."),
        facts(
            ("Day", on), ("Prison", stands.prison or "not known"), ("Time at the gate", plan.gate_time or "not known yet"),
            ("Who meets you", plan.collected_by or "not known yet"), ("Where you go", plan.address or "not known yet"),
        ),
        heading("Your first appointment"),
        facts(("When", first), ("With whom and where", plan.first_appointment_with or "not known yet")),
        words("You must go to this appointment. If you cannot go, ring first."),
    ]  # fmt: skip
    ring = [f"{post.title}: {post.telephone}" for post in (plan.community_post, plan.prison_post) if post and post.telephone]
    if ring:
        blocks += [heading("Whom to ring"), items(*ring)]
    name = f"{who.forenames} {who.surname}".strip() if who.known else who.shown
    return Paper(title="Your release", to=name, day=day_in_words(day), blocks=tuple(blocks))
