"""What is counted of releases: met before them, learned in time, planned before the day, seen soon after it; duties kept."""

from datetime import timedelta

import polars as pl

from throughcare.casework.cohort.on_days import not_members
from throughcare.casework.frames import once, read
from throughcare.casework.people.queries import custody, joined_up, with_a_day, with_breakdowns
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.queries import referrals
from throughcare.core.contracts import Axis, Measure, Scope
from throughcare.rules.prison_duties import CLOSED_BY_REFERRAL, due_after_reception
from throughcare.strands.prison import models as m
from throughcare.strands.prison.queries import tasks

SERVICE = "prison_coordination"
BY_PRISON = Axis(column="prison", known="prisons", total="all")


@once
def in_prison() -> pl.DataFrame:
    """person, stay_start, stay_end (null: goes on), a row a stay as the prisons tell it: spells that touch, or leave a day
    between them, are one, as for `rules.movements`. What probation says of custody is left out: it may learn of a release late.
    """
    return joined_up(with_a_day(custody()), apart=1).rename({"start": "stay_start", "end": "stay_end"})


@once
def releases() -> pl.DataFrame:
    """A row a stay in prison that has ended with a member's release: person, on (the day), stay_start, prison (the last one)."""
    over = in_prison().filter(pl.col("stay_end").is_not_null()).select("person", "stay_start", on="stay_end")
    over = over.sort("on", "person", maintain_order=True)
    last = custody().filter(pl.col("end").is_not_null()).select("person", "prison", on="end")
    over = over.join(last.unique(["person", "on"], keep="last", maintain_order=True), on=["person", "on"], how="inner",
                     maintain_order="left")  # fmt: skip
    return _of_members(over)


def _of_members(rows: pl.DataFrame) -> pl.DataFrame:
    outside = not_members(rows.with_row_index("row")).select("row")
    return rows.with_row_index("row").join(outside, on="row", how="anti", maintain_order="left").drop("row")


def met_rows(scope: Scope) -> pl.DataFrame:
    """met: a co-ordinator did something about the person in the stay, or a provider's work was under way by the day."""
    out = releases().with_row_index("release")
    done = tasks().select("person", day="on")
    begun = referrals().filter(~pl.col("in_error"))
    begun = begun.select("person", day="started_on", ended=pl.coalesce("completed_on", "ended_early_on"))
    inside = (pl.col("day") >= pl.col("stay_start")) & (pl.col("day") < pl.col("on"))
    by_task = out.join(done, on="person").filter(inside)["release"]
    lasts = pl.col("ended").is_null() | (pl.col("ended") >= pl.col("stay_start"))
    by_work = out.join(begun, on="person").filter(pl.col("day") < pl.col("on"), lasts)["release"]
    met = pl.col("release").is_in(pl.concat([by_task, by_work]).unique().to_list())
    return with_breakdowns(out.with_columns(met=met).drop("release"))


def learned_rows(scope: Scope) -> pl.DataFrame:
    """A row a release that was learned from an extract of somebody known to be inside; days: from the release to the learning.

    What was so before the service began to look is not there, nor a stay of which the release and the reception were learned at
    once: nobody could have been waited for.
    """
    told = read(
        m.Movement.objects.filter(withdrawn_on=None).order_by("on", "pk"), movement="pk", person="person", kind="kind", on="on",
        how="how", prison="from_prison", learned_on="learned_on",
    )  # fmt: skip
    out = told.filter(pl.col("kind") == "release", pl.col("learned_on").is_not_null())
    came = told.filter(pl.col("kind") == "reception").select("person", came="on", came_learned="learned_on").sort("came")
    out = out.sort("on").join_asof(came, left_on="on", right_on="came", by="person", strategy="backward", check_sortedness=False)
    known = pl.col("came_learned").is_null() | (pl.col("came_learned") < pl.col("learned_on"))
    days = (pl.col("learned_on") - pl.col("on")).dt.total_days()
    return with_breakdowns(out.filter(known).with_columns(days=days).select("person", "on", "prison", "how", "days"))


def plan_rows(scope: Scope) -> pl.DataFrame:
    """A row a release; complete: its plan was whole before the day; kept: the person came to a first appointment within a working
    day. planned: there was a plan; told: what came of its first appointment is on record.
    """
    plans = read(
        m.ReleasePlan.objects.order_by("pk"), person="person", stay_start="stay_start", completed_at="completed_at",
        outcome="first_outcome",
    ).with_columns(planned=pl.lit(value=True))  # fmt: skip
    out = releases().with_row_index("release")
    of_stay = out.select("release", "person", "on", began="stay_start").join(plans, on="person")
    of_stay = of_stay.filter(pl.col("stay_start").is_between("began", "on", closed="left")).unique("release", keep="last")
    out = out.join(of_stay.drop("person", "on", "began", "stay_start"), on="release", how="left", maintain_order="left")
    whole = pl.col("completed_at").dt.convert_time_zone("Europe/London").dt.date() < pl.col("on")
    told = pl.col("outcome").fill_null("") != ""
    facts = {"planned": pl.col("planned").fill_null(value=False), "complete": whole.fill_null(value=False), "told": told}
    return with_breakdowns(out.select("person", "on", "prison", **facts, kept=pl.col("outcome") == "came"))


def duty_rows(scope: Scope) -> pl.DataFrame:
    """A row a duty owed after a member's reception, on its due day; on_time: done by then. Those not due by the reference day
    are not counted yet.
    """
    wanted = [each for each in current_pilot().prison.duties if not each.before]
    came = _of_members(in_prison().select("person", "stay_end", on="stay_start"))
    done = tasks().select("person", "kind", day="on")
    sent = referrals().filter(~pl.col("in_error")).select("person", day="sent_on")
    frames = []
    for each in wanted:
        due = pl.col("on").map_elements(lambda on, each=each: due_after_reception(each, on), return_dtype=pl.Date)
        owed = came.with_columns(due=due, kind=pl.lit(each.task)).with_row_index("duty")
        facts = done.filter(pl.col("kind") == each.task).select("person", "day")
        if each.task in CLOSED_BY_REFERRAL:
            facts = pl.concat([facts, sent])
        kept = owed.join(facts, on="person").filter(pl.col("day").is_between("on", "due"))["duty"].unique().to_list()
        owed = owed.filter(pl.col("stay_end").is_null() | (pl.col("stay_end") > pl.col("due")))
        frames.append(owed.select("person", "kind", on="due", on_time=pl.col("duty").is_in(kept)))
    schema = {"person": pl.Int64, "kind": pl.String, "on": pl.Date, "on_time": pl.Boolean}
    rows = pl.concat(frames) if frames else pl.DataFrame(schema=schema)
    return with_breakdowns(rows.filter(pl.col("on") < scope.as_at + timedelta(days=1)))


def _share(slug: str, title: str, why: str, rows: object, hit: pl.Expr, definition: str, *, counted: pl.Expr | None = None,
           axes: tuple[Axis, ...] = (BY_PRISON,)) -> Measure:  # fmt: skip
    base = {"counted": counted} if counted is not None else {}
    return Measure(slug=slug, title=title, why=why, unit="percent", statistic="share", rows=rows, hit=hit, axes=axes,
                   service=SERVICE, definition=definition, **base)  # type: ignore[arg-type]  # fmt: skip


RELEASES = (
    _share("prison.not_met_before_release", "Not met before release", "Nobody leaves prison unnoticed", met_rows, ~pl.col("met"),
           "Of members' releases, those in whose stay no co-ordinator did anything and no provider's work was under way"),
    Measure(
        slug="prison.released_unknown_days", title="Days until a release is known", unit="days", statistic="mean", digits=1,
        why="Who is not known to be out cannot be met", rows=learned_rows, value=pl.col("days"), service=SERVICE,
        axes=(BY_PRISON,),
        definition="From the day of release to the day on which an extract told it, of people known to be inside",
    ),
    _share("prison.learned_late", "Releases learned late", "Who is not known to be out cannot be met", learned_rows,
           pl.col("days") > 0, "Of releases of people known to be inside, those told by an extract after the day itself"),
    _share("prison.plans_complete", "Release plans complete before the day", "Both ends know who does what at the gate",
           plan_rows, pl.col("complete"), "Of members' releases, those with a plan accepted at both ends, filled in and "
           "checked off before the day"),
    _share("prison.first_appointment_kept", "First appointments kept", "The first days decide", plan_rows, pl.col("kept"),
           "Of releases with a plan where what came of the first appointment, within a working day, is on record: those who came",
           counted=pl.col("told")),
    _share("prison.tasks_on_time", "Tasks done on time", "What is owed to people in prison", duty_rows, pl.col("on_time"),
           "Of what was owed after a reception and fell due in the period: done by the day",
           axes=(Axis(column="kind", total="all"),)),
)  # fmt: skip
