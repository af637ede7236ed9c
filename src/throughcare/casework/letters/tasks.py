"""Letters to give: of who joined or left lately, on the list of who manages them, else of their borough's co-ordinator.

It is worked out from the memberships and not made when somebody joins: so it waits from the moment of the decision, once,
for whoever holds the post; and what happened before the service began never waits.
"""

from collections.abc import Iterator

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.letters.queries import for_posts, to_give, unfinished
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words
from throughcare.core.pages import Task

TOLD = {"joined": "Give the letter about joining", "left": "Give the letter about leaving"}


def tasks(reader: Reader) -> Iterator[Task]:
    """A task a letter: written or not yet, it waits until it is on record how it was given."""
    managers = reader.held("offender_manager")
    boroughs = [post.place for post in reader.held("iom_coordinator")]
    if not managers and not boroughs:
        return
    within = current_pilot().letters.within_days
    waiting = [
        (kind, membership)
        for kind in TOLD
        for membership in for_posts(
            to_give(kind, reader.day, within=within), managers=managers, boroughs=boroughs, day=reader.day
        ).order_by("start", "pk")
    ]
    begun = unfinished([membership.person_id for _, membership in waiting]) if waiting else {}
    for kind, membership in waiting:
        on = membership.start if kind == "joined" else membership.end
        letter = begun.get((kind, membership.pk))
        to = (
            reverse("letter", kwargs={"letter": letter}) if letter
            else reverse("letter-new", kwargs={"person": membership.person_id, "kind": kind})
        )  # fmt: skip
        happened = f"{'joined' if kind == 'joined' else 'left'} on {day_in_words(on)}" if on else ""
        yield Task(
            key=f"letters.{kind}:{membership.pk}", kind="Letters to give", person=membership.person_id, row="letters", harm=3,
            words=f"{TOLD[kind]}: {happened}", due_on=on, act=("Look at the letter", to), elsewhere=False,
        )  # fmt: skip
