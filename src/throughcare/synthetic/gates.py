"""The prisons' second extract of the demonstration's day, and the release plans that its people have begun.

The first extract is looked at as of the evening before. This one tells what happened since: somebody whom a volunteer meets has
been moved, somebody is out unplanned, one is recalled, one is out for a time, one has another day of release. Then the
prison's co-ordinator and managers do what they would.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import polars as pl
from django.db import transaction

from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Allocation, Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.queries import members
from throughcare.casework.people.models import CustodySpell, Identifier, Supervision
from throughcare.casework.people.queries import on_the_day
from throughcare.casework.referrals.reach import to_provider
from throughcare.core.clock import LONDON
from throughcare.core.working_days import add_working_days
from throughcare.strands.prison.owed import Held, held
from throughcare.strands.prison.plans import actions
from throughcare.strands.prison.plans.queries import community_ends, prison_ends
from throughcare.synthetic.posts import acting_as, reader_of

PRISON, OTHER = "Pentonville", "Isis"
SPELLS, DETAILS = "prison-spells.csv", "prison-details.csv"
ONE_DAY = timedelta(days=1)
FAR_OFF = timedelta(days=30)


def write_second(extracts: Path, day: date) -> Path:
    """Writes the two files of the morning beside the first extracts, whole as a prison sends them; gives their folder."""
    folder = extracts / "second"
    folder.mkdir()
    spells, details = (
        pl.read_csv(extracts / name, infer_schema=False).with_columns(pl.all().fill_null("")) for name in (SPELLS, DETAILS)
    )
    for change in _changes(day):
        spells, details = change.of_spells(spells), change.of_details(details)
    spells.write_csv(folder / SPELLS)
    details.write_csv(folder / DETAILS)
    return folder


class Change:
    """One spell ended, with how; and the one begun in its place or anew. `planned`: another day of release."""

    def __init__(
        self, spell: CustodySpell | None = None, *, end: date | None = None, left: str = "", to: str = "", number: str = "",
        start: date | None = None, came: str = "", planned: date | None = None,
    ) -> None:  # fmt: skip
        self.spell, self.end, self.left, self.to, self.number = spell, end, left, to, number
        self.start, self.came, self.planned = start, came, planned

    def of_spells(self, frame: pl.DataFrame) -> pl.DataFrame:
        if self.spell is not None and self.end is not None:
            own = pl.col("record_id") == self.spell.source.record_id
            frame = frame.with_columns(end=pl.when(own).then(pl.lit(str(self.end))).otherwise("end"))
        if not self.to:
            return frame
        begun = {"record_id": f"N{self.number}", "prison_number": self.number, "prison": self.to, "kind": "sentenced",
                 "start": str(self.start), "end": ""}  # fmt: skip
        return pl.concat([frame, pl.DataFrame([begun]).select(frame.columns)])

    def of_details(self, frame: pl.DataFrame) -> pl.DataFrame:
        if self.spell is not None:
            own = (pl.col("prison_number") == self.number) & (pl.col("start") == str(self.spell.start))
            frame = frame.with_columns(
                left_as=pl.when(own).then(pl.lit(self.left)).otherwise("left_as"),
                release_planned_on=pl.when(own & pl.lit(self.planned is not None)).then(pl.lit(str(self.planned)))
                .otherwise("release_planned_on"),
            )  # fmt: skip
        if not self.to:
            return frame
        begun = {"record_id": f"ND{self.number}", "prison_number": self.number, "prison": self.to, "start": str(self.start),
                 "wing": "B", "cell": "B2-011", "arrived_as": self.came, "left_as": "", "release_planned_on": ""}  # fmt: skip
        return pl.concat([frame, pl.DataFrame([begun]).select(frame.columns)])


def _changes(day: date) -> Iterator[Change]:
    """Of members: each of somebody else."""
    everybody = set(members(day)["person"])
    inside = held(everybody, day - ONE_DAY)
    taken: set[int] = set()

    def spell_of(person: int) -> CustodySpell:
        taken.add(person)
        spells = CustodySpell.objects.filter(on_the_day(day - ONE_DAY), person=person)
        return spells.select_related("source").latest("start", "pk")

    mover = _mentored(inside, day) or _of(inside, taken)
    there = OTHER if mover.prison != OTHER else PRISON
    yield Change(spell_of(mover.person), end=day - ONE_DAY, left="transfer", to=there, number=_number(mover.person),
                 start=day - ONE_DAY, came="transfer")  # fmt: skip
    for out in CustodySpell.objects.filter(end=day).select_related("source").order_by("pk"):
        yield Change(out, left="hdc", number=_number(out.person_id))
    for end, left in ((day, ""), (day - ONE_DAY, "rotl")):
        one = _of(inside, taken, later_than=day + FAR_OFF)
        yield Change(spell_of(one.person), end=end, left=left, number=_number(one.person))
    later = _of(inside, taken, later_than=day + ONE_DAY * 5)
    if later.planned_on:
        yield Change(spell_of(later.person), number=_number(later.person), planned=later.planned_on + ONE_DAY * 7)
    out = Supervision.objects.filter(on_the_day(day), person__in=everybody.difference(inside), kind="licence").order_by("pk")
    known = set(Identifier.objects.filter(kind="prison_number").values_list("person", flat=True))
    back = next(person for person in out.values_list("person", flat=True) if person in known)
    yield Change(to=PRISON, number=_number(back), start=day - ONE_DAY, came="recall")


def _mentored(inside: dict[int, Held], day: date) -> Held | None:
    """Somebody inside whom the volunteers' provider mentors; one of its volunteers is matched with them."""
    volunteer = Post.objects.get(slug="volunteer-1")
    begun = to_provider([volunteer], day).filter(state__in=("accepted", "started"), person__in=list(inside)).order_by("person")
    for person in begun.values_list("person", flat=True):
        if not Allocation.objects.filter(on_the_day(day), person=person, post__role="volunteer").exists():
            access.allocate(by="demonstration", person=person, post=volunteer, on=day - ONE_DAY * 10)
        return inside[person]
    return None


def _of(inside: dict[int, Held], taken: set[int], *, later_than: date = date.min) -> Held:
    """Somebody serving a sentence in the demonstration's prison, whose release is planned after a day; the soonest first."""
    fit = [each for each in inside.values() if each.person not in taken and each.prison == PRISON and each.planned_on]
    fit = [each for each in fit if each.planned_on is not None and each.planned_on > later_than]
    return min(fit, key=lambda each: (each.planned_on, each.person))


def _number(person: int) -> str:
    return str(Identifier.objects.filter(person=person, kind="prison_number").order_by("pk").values_list("value", flat=True)[0])


@transaction.atomic
def make_plans(day: date) -> int:
    """Plans for the next releases from the co-ordinator's prison, each as far as its place in the list; gives how many."""
    reader = reader_of("prison-coordinator", day)
    post = reader.acting[0]
    theirs = [each for each in held(set(members(day)["person"]), day).values() if each.prison == post.place]
    soon = sorted((e for e in theirs if e.planned_on and e.planned_on > day), key=lambda e: (e.planned_on, e.person))[:6]
    at = datetime.combine(day - ONE_DAY, time(15, 0), LONDON)
    for place, each in enumerate(soon):
        if reader.barred(each.person):
            continue
        plan = actions.make(reader=reader, person=each.person, at=at)
        if place % 3 == 2:
            continue  # begun, and nobody named yet
        _fill(reader, plan, each, day, at, whole=place % 3 == 0)
    return len(soon)


def _fill(reader: Reader, plan: actions.m.ReleasePlan, each: Held, day: date, at: datetime, *, whole: bool) -> None:
    """Both ends named and accepted; whole: filled in and checked off too."""
    near, far = prison_ends(each.prison)[0], community_ends(each.person, day)[0]
    on = each.planned_on or day
    details = actions.Details(
        prison_post=near, community_post=far, gate_time="09:30" if whole else "",
        collected_by="Mentor of the provider" if whole else "", address="Probation hostel, first night" if whole else "",
        first_appointment_on=add_working_days(on, 1) if whole else None, first_appointment_at="14:00" if whole else "",
        first_appointment_with="Probation office" if whole else "",
    )  # fmt: skip
    actions.fill(reader=reader, plan=plan, details=details, at=at)
    actions.accept(reader=reader, plan=plan, end="prison", at=at)
    holder = far.holdings.filter(cover=False).order_by("pk").first()
    if holder is None or not whole:
        return
    actions.accept(reader=acting_as(holder.account, far, day), plan=plan, end="community", at=at)
    for item in actions.current_pilot().prison.items:
        actions.check(reader=reader, plan=plan, item=item.slug, at=at)
