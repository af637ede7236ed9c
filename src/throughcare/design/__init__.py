"""The look of every page: the GOV.UK Frontend style sheet, collected from its package, never copied into the repo."""

from pathlib import Path

from throughcare.core.errors import ThroughcareError

STYLES = Path(__file__).resolve().parent / "static" / "govuk" / "govuk-frontend.min.css"


def stylesheet() -> Path:
    """The collected style sheet. Absent (the set-up was not run, or not finished): a `ThroughcareError`."""
    if not STYLES.is_file():
        raise ThroughcareError(
            what="the style sheet of the pages has not been collected",
            record=STYLES.name,
            expected="the file that the set-up collects",
            mend="run `make assets`",
        )
    return STYLES
