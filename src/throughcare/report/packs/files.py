"""The forms of a pack: page, PDF, Word document, and its figures as CSV."""

from throughcare.core.pilot import Period, Pilot
from throughcare.measures.all_measures import all_measures
from throughcare.measures.listing import as_csv
from throughcare.report.docx import docx
from throughcare.report.html import page
from throughcare.report.packs.compose import Frozen, compose
from throughcare.report.packs.gathered import gather
from throughcare.report.pdf import pdf
from throughcare.report.pictures import drawn

MARK = "pack.html"
KINDS = {
    "pack.html": ("Page", "text/html; charset=utf-8"),
    "pack.pdf": ("PDF", "application/pdf"),
    "pack.docx": ("Word document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "figures.csv": ("Figures (CSV)", "text/csv; charset=utf-8"),
}
"""By name of the file, what it is called and its type."""


def files(*, pilot: Pilot, period: Period, frozen: Frozen) -> tuple[dict[str, bytes], int]:
    """The files of the pack by name, all of one reading of the store, and how many of its figures are small numbers."""
    told = gather(all_measures(), pilot=pilot, period=period)
    report, small = compose(told, frozen)
    drawings = drawn(report)
    return {
        "pack.html": page(report, drawings).encode(), "pack.pdf": pdf(report, drawings), "pack.docx": docx(report, drawings),
        "figures.csv": as_csv(told.board.results).encode(),
    }, small  # fmt: skip
