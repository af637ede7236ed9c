"""The governance pack as a content tree: what must not be passed on, exceptions first, then a page a strand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from throughcare.casework.reasons.models import Reason
from throughcare.core.clock import LONDON
from throughcare.core.dates import day_in_words, weekday_in_words
from throughcare.core.words import capital, small
from throughcare.measures.board import STEPS, Figure
from throughcare.measures.board import Section as Strand
from throughcare.measures.definitions import owner_of
from throughcare.measures.results import Result
from throughcare.measures.run_charts import SIGNALS, Point, RunChart
from throughcare.measures.windows import last_day
from throughcare.report.content import (
    Block,
    Bullets,
    Heading,
    Item,
    ItemList,
    Paragraph,
    Report,
    Row,
    RunPicture,
    Said,
    Section,
    Table,
)
from throughcare.report.packs.gathered import Gathered, Headline
from throughcare.report.run_words import limits, month_in_words, says, verdict

SMALL, PROVISIONAL = "[s]", "[p]"
MOST, ABREAST = 14, 4
"""Rows of a strand's table, and figures beside each other in that of its boroughs: what a page holds."""
LINES = (
    "Blue: the months. Grey: their middle, and dashed the limits within which chance keeps them. Dashed red: the target. A large "
    "red point is more than chance gives; a pale one is no whole month."
)


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """When and by whom the pack was frozen, and from which state of the store: the last entry of its audit chain."""

    at: datetime
    by: str
    entry: int
    chain: str


def compose(told: Gathered, frozen: Frozen) -> tuple[Report, int]:
    """The pack, and how many of its figures are small numbers."""
    exceptions, strands = _exceptions(told), [_strand(told, strand) for strand in told.board.sections]
    smalls = _smalls((exceptions, *strands))
    report = Report(
        title=f"{told.pilot.name}: governance pack",
        subtitle=f"{day_in_words(told.period.start)} to {day_in_words(last_day(told.period))}, for the governance group alone",
        public=False,
        sections=(_cover(told, frozen, smalls), exceptions, *strands),
    )
    return report, len(smalls)


def _cover(told: Gathered, frozen: Frozen, smalls: set[object]) -> Section:
    fewest, at = told.pilot.smallest_published, frozen.at.astimezone(LONDON)
    warned = (
        f"{len(smalls)} figures of this pack count fewer than {fewest} people or events, or leave out so few. They are marked "
        f"{SMALL}. Do not pass them on, and do not read them out where others hear: somebody could be worked out from them."
        if smalls
        else f"No figure of this pack counts, or leaves out, fewer than {fewest} people or events."
    )
    late = f"Figures marked {PROVISIONAL} are provisional: not all returns are in, and they will still move."
    public = "What may be given to anybody is the report for the public, in which small numbers are withheld."
    kept = (
        f"Frozen on {weekday_in_words(at.date())} at {at:%H:%M} by {frozen.by}, from the store as it stood after "
        f"entry {frozen.entry:,} of its log ({frozen.chain[:12]}). It is kept as it is: a later pack of the "
        "same days supersedes it and does not change it."
    )
    blocks = (_words(warned), _words(f"{late} {public}" if told.provisional else public), _words(kept))
    return Section(slug="before", title="Before you pass this on", blocks=blocks)


def _exceptions(told: Gathered) -> Section:
    """What changed, whether it is noise, and what is being done: first what is under its target, then what moved."""
    ill = [headline for headline in told.headlines if headline.is_exception]
    found = sorted(ill, key=lambda h: (h.result.meets_target is not False, not h.chart.moved))
    under = sum(h.result.meets_target is False for h in told.headlines)
    held = sum(h.result.meets_target is not None for h in told.headlines)
    moved, late = sum(h.chart.moved for h in told.headlines), sum(h.provisional for h in told.headlines)
    summary = (
        f"Of {len(told.headlines)} headline figures, {held} have a target and {under} are under it; {moved} moved in their last "
        f"month by more than chance gives; {late} are provisional."
    )
    listed = ItemList(items=tuple(_exception(told, h) for h in found))
    blocks: tuple[Block, ...] = (_words(summary), *([listed] if found else [_words("Nothing needs the group's attention.")]))
    pictures = tuple(_picture(told, h) for h in found if any(point.value is not None for point in h.chart.points))
    if pictures:
        blocks = (*blocks, Heading(text="Their months"), _words(LINES), *pictures)
    return Section(slug="exceptions", title="Exceptions", blocks=blocks)


def _exception(told: Gathered, headline: Headline) -> Item:
    r = headline.result
    parts: list[str | Said] = ["Over the period ", _said(told, r)]
    if r.statistic == "share" and r.value is not None:
        parts += [" (", _said(told, r, "counts"), ")"]
    if r.meets_target is not None:
        parts += [", target ", Said(result=r, form="target"), ": ", Said(result=r, form="state")]
    parts += [". ", *_changed(told, headline), f" {_done(told, headline)}", *(f" To know: {c.words}." for c in headline.caveats)]
    term = f"{headline.line.section.title}: {small(headline.line.figure.measure.title)}"
    return Item(term=term, words=Paragraph(parts=tuple(parts)))


def _picture(told: Gathered, headline: Headline) -> RunPicture:
    """The exception's months since the pilot began, drawn as on the dashboard, with the numbers beside."""
    chart, r = headline.chart, headline.result
    caption = f"{headline.line.section.title}: {small(headline.line.figure.measure.title)}, by month"
    rows = tuple(
        Row(heading=month_in_words(p.month), cells=(_said(told, p.result), limits(p.low, p.high, p.result), _what(p)))
        for p in chart.points
    )
    months = Table(caption=f"Data of {small(caption)}", first="Month", columns=("Value", "Limits", "What it is"), rows=rows,
                   note=" ".join(filter(None, (*_signs(chart), _key(told, rows)))))  # fmt: skip
    slug = f"months-{headline.line.section.slug}-{r.slug}".replace(".", "-").replace("_", "-")
    told_in_words = says(chart, r.target)
    return RunPicture(
        slug=slug, caption=caption, says=told_in_words, unit=r.unit, chart=chart, target=r.target, months=months
    )


def _signs(chart: RunChart) -> list[str]:
    """What the words beside its months mean."""
    found = dict.fromkeys(signal for point in chart.points for signal in point.signals)
    return [f"{signal}: {SIGNALS[signal]}." for signal in found]


def _what(point: Point) -> str:
    return ", ".join(point.signals) if point.signals else "" if point.whole else "not a whole month"


def _changed(told: Gathered, headline: Headline) -> list[str | Said]:
    """The last month that can be judged beside the one before it, and whether it is noise."""
    last, before = headline.chart.last, headline.chart.before
    if last is None:
        return ["What changed cannot be said: no whole month of it has a value."]
    said: list[str | Said] = ["What changed: ", _said(told, last.result), f" in {month_in_words(last.month)}"]
    if before is not None:
        said += [", ", _said(told, before.result), f" in {month_in_words(before.month)}"]
    return [*said, f". Is it noise? {verdict(headline.chart).rstrip('.')}."]


def _done(told: Gathered, headline: Headline) -> str:
    """The owner's reason, as long as it is of this very figure; else who is to be asked for one."""
    reason, owner = headline.reason, owner_of(headline.line.section.slug, told.pilot)
    if reason is not None and headline.reason_stands:
        return f"What is being done: {reason.text.rstrip('.')}. ({reason.post.title}, {day_in_words(reason.on)})"
    if headline.result.meets_target is not False and not headline.chart.moved:
        return "What is being done: its last returns are waited for."
    when = f"of {day_in_words(reason.on)}, was of the figure when it was {reason.figure}" if reason is not None else ""
    stale = f" The last, {when}." if when else ""
    return f"What is being done: no reason is written for the figure as it stands; to be asked of {owner}.{stale}"


def _strand(told: Gathered, strand: Strand) -> Section:
    """A page: who answers, figures against target, boroughs, what is to be known."""
    chosen = _chosen(strand)
    blocks: list[Block] = [_words(f"Who answers for it: {owner_of(strand.slug, told.pilot)}."), _figures(told, strand, chosen)]
    if (boroughs := _boroughs(told, strand, chosen)) is not None:
        blocks.append(boroughs)
    if said := told.reasons_of(strand):
        reasons = ItemList(items=tuple(_why(told, strand, *each) for each in said))
        blocks += [_words("Why, in the words of who answers for it:"), reasons]
    notes = dict.fromkeys(c.apart_from_moves for f in chosen for c in told.known[f.measure.slug])
    if notes:
        blocks.append(Bullets(items=tuple(_words(capital(note)) for note in notes)))
    return Section(slug=strand.slug, title=strand.title, blocks=tuple(blocks), new_page=True)


def _why(told: Gathered, strand: Strand, result: Result, reason: Reason) -> Item:
    """A figure of the service, or of a part of it, and its reason."""
    title = next(f.measure.title for f in strand.figures if f.measure.slug == result.slug)
    where = "".join(f", {place}" for place in result.breakdown.values())
    words = (_said(told, result), f": {reason.text.rstrip('.')}. ({reason.post.title}, {day_in_words(reason.on)})")
    return Item(term=f"{title}{where}", words=Paragraph(parts=words))


def _chosen(strand: Strand) -> list[Figure]:
    """The figures that a page holds: with a target first, then the way through the service, then the others in their order."""
    shown = [f for f in strand.figures if f.shown]
    order = sorted(shown, key=lambda f: (f.measure.target is None, f.measure.slug not in STEPS))
    return order[:MOST]


def _figures(told: Gathered, strand: Strand, chosen: list[Figure]) -> Table:
    rows = []
    for f in chosen:
        for r in f.shown:
            heading = f.measure.title if len(f.shown) == 1 else f"{f.measure.title}: {r.group.replace('|', ', ')}"
            counts = _said(told, r, "counts") if r.statistic == "share" and r.value is not None else ""
            state = Said(result=r, form="state") if r.target is not None else ""
            rows.append(Row(heading=heading, cells=(_said(told, r), counts, Said(result=r, form="target"), state)))
    more = sum(bool(f.shown) for f in strand.figures) - len(chosen)
    note = f"{_key(told, rows)}{f' {more} more figures are on the dashboard.' if more > 0 else ''}".strip()
    return Table(
        caption=f"{strand.title}: figures against target", first="Figure", columns=("Value", "Counts", "Target", "State"),
        rows=tuple(rows), note=note,
    )  # fmt: skip


def _boroughs(told: Gathered, strand: Strand, chosen: list[Figure]) -> Table | None:
    """A row a borough, the highest of the first figure first; None where no figure is told by borough."""
    each = [(f, {x.breakdown["borough"]: x for x in f.divided("borough", f.shown[0].group)}) for f in chosen]
    divided = [(f, by) for f, by in each if by][:ABREAST]
    if not divided:
        return None
    first = divided[0][1]
    names = sorted(first, key=lambda name: (first[name].value is None, -(first[name].value or 0), name))
    rows = tuple(
        Row(heading=name, cells=tuple(_said(told, by[name]) if name in by else "" for _, by in divided)) for name in names
    )
    columns = tuple(f.measure.title for f, _ in divided)
    return Table(caption=f"{strand.title}: by borough", first="Borough", columns=columns, rows=rows, note=_key(told, rows))


def _said(told: Gathered, result: Result, form: str = "value") -> Said:
    """The figure with its marks beside it."""
    marks = [SMALL] * (result.value is not None and told.is_small(result)) + [PROVISIONAL] * (result.slug in told.provisional)
    return Said(result=result, form=form, mark=" ".join(marks))  # type: ignore[arg-type]


def _key(told: Gathered, rows: Iterable[Row]) -> str:
    """What the marks in these rows mean."""
    marks = {mark for row in rows for c in row.cells if isinstance(c, Said) for mark in c.mark.split()}
    fewest = told.pilot.smallest_published
    meanings = {SMALL: f"a small number, under {fewest}: not to be passed on", PROVISIONAL: "provisional, not all returns are in"}
    return " ".join(f"{mark}: {words}." for mark, words in meanings.items() if mark in marks)


def _smalls(sections: Iterable[Section]) -> set[object]:
    """What tells each figure with the mark, also where it stands in several places or forms."""
    marked = (said.result for section in sections for said in _all_said(section.blocks) if SMALL in said.mark)
    return {(r.key, r.period.start, r.period.end) for r in marked}


def _all_said(blocks: Iterable[Block]) -> Iterator[Said]:
    for block in blocks:
        if isinstance(block, Table):
            yield from (c for row in block.rows for c in row.cells if isinstance(c, Said))
        elif isinstance(block, RunPicture):
            yield from _all_said((block.months,))
        elif isinstance(block, ItemList):
            yield from (part for item in block.items for part in item.words.parts if isinstance(part, Said))


def _words(text: str) -> Paragraph:
    return Paragraph(parts=(text,))
