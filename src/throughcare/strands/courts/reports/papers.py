"""The report as a paper for the court: what stands above and below, and its sections, as they are or as they were signed."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from throughcare.core.dates import day_in_words
from throughcare.design.paper import Block, Paper, facts, heading, items, shown_again, words
from throughcare.strands.courts.models import Report, ReportSection, ReportText
from throughcare.strands.courts.reports.known import Known

KINDS = {"oral": "Oral report", "fast": "Fast delivery report", "standard": "Standard delivery report"}
LEFT_OUT = "A section is left out here: your post may not read it. Ask the court officer."


def head_of(report: Report, known: Known, *, number: str, version: int, signer: str, day: date) -> Paper:
    """What stands above the sections, and below them the signature; kept when it is signed, as what it tells may change."""
    told = {
        "Name": known.name, "Age": "" if known.age is None else str(known.age), "CRN": number, "Court": known.court,
        "Offence": known.offence, "Asked for on": day_in_words(report.requested_on),
        "Version": f"{version}, in place of version {version - 1}" if version > 1 else "",
    }  # fmt: skip
    signed = words(f"Signed by {signer} on {day_in_words(day)}.")
    return Paper(
        title=f"{KINDS[report.kind]}: {known.name}", to=f"For the court at {known.court}", day=day_in_words(day),
        blocks=(facts(*((name, said) for name, said in told.items() if said)), signed),
        foot=f"{known.name}, {KINDS[report.kind].lower()}",
    )  # fmt: skip


def whole(head: Paper, sections: Iterable[ReportSection], rows: Collection[str] | None = None) -> Paper:
    """The report with its sections; one without words is left out. `rows`: those that the reader may view (None: all)."""
    told: list[Block] = []
    missing = False
    for section in sections:
        if rows is not None and section.row not in rows:
            missing = missing or bool(section.body.strip())
        elif section.body.strip():
            told += [heading(section.title), *blocks_of(section.body)]
    left_out = [words(LEFT_OUT)] if missing else []
    first, *last = head.blocks
    return replace(head, blocks=(first, *told, *left_out, *last))


def blocks_of(text: str) -> list[Block]:
    """Paragraphs, and lists where lines begin with a hyphen. Line breaks within a paragraph are kept as paragraphs."""
    found: list[Block] = []
    listed: list[str] = []
    for line in (*text.splitlines(), ""):
        said = line.strip()
        if said.startswith(("- ", "* ", "• ")):
            listed.append(said[2:].strip())
            continue
        if listed:
            found.append(items(*listed))
            listed = []
        if said:
            found.append(words(said))
    return found


def signed_paper(text: ReportText, rows: Collection[str] | None = None) -> Paper:
    """A signed version as it was signed, less what the reader may not view."""
    return whole(shown_again(text.head), text.sections.order_by("place"), rows)


def spoken_paper(report: Report, known: Known, told: Iterable[tuple[str, tuple[str, ...]]], *, signer: str, day: date) -> Paper:
    """What was on the screen that an oral report was spoken from."""
    head = head_of(report, known, number="", version=1, signer=signer, day=day)
    first, last = head.blocks
    said = [block for title, few in told if few for block in (heading(title), items(*few))]
    closing = words(last.text.replace("Signed by", "Spoken in court by"))
    return replace(head, blocks=(first, *said, closing))
