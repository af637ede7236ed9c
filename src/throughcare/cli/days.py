"""Days and periods as they are written on the command line."""

from datetime import date
from pathlib import Path

from throughcare.core.errors import UserError
from throughcare.core.pilot import Period


def day(text: str, option: str) -> date:
    """A date written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            what="not a date", record=f"{option} {text}", expected="YYYY-MM-DD", mend="write 5 July 2016 as 2016-07-05"
        ) from error


def period(start: str, end: str) -> Period:
    """[start, end): the end is exclusive."""
    first, last = day(start, "--from"), day(end, "--to")
    if last <= first:
        raise UserError(
            what="the period is empty",
            record=f"--from {start} --to {end}",
            expected="--to after --from (it is exclusive)",
            mend="for the whole of 2016 write --from 2016-01-01 --to 2017-01-01",
        )
    return Period(start=first, end=last)


def existing(path: Path) -> Path:
    if not path.exists():
        raise UserError(
            what="there is no such file", record=str(path), expected="a file that exists", mend="check the path"
        )
    return path
