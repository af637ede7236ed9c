"""Which borough a cell of the police's files means: one of the pilot, one that is compared, or none of them."""

import polars as pl

from throughcare.casework.pilot import current_pilot

MEND = "correct the borough, or name it in the pilot file: [crime] compared, passed_over or codes"
RULE = "the borough is of the pilot, compared with it or passed over, by its name or its code"


def spelt(name: str = "borough") -> pl.Expr:
    """The borough that is meant, in the pilot file's spelling; null where it is none that the file has."""
    pilot = current_pilot()
    known = dict(pilot.crime.spelling(pilot.boroughs))
    return pl.col(name).str.to_lowercase().replace_strict(known, default=None, return_dtype=pl.String)


def not_known(frame: pl.DataFrame) -> pl.Series:
    """Rows whose borough the pilot file does not have."""
    return frame.select((pl.col("borough").is_not_null() & spelt().is_null()).alias("wrong")).to_series()


def taken() -> pl.Expr:
    """Whether a row is of a borough of the pilot or one that is compared."""
    pilot = current_pilot()
    return spelt().is_in([*pilot.boroughs, *pilot.crime.compared])


def offence_group() -> pl.Expr:
    """The group as figures call it: "BURGLARY" and "Burglary" are one, "&" is "and"."""
    plain = pl.col("offence_group").str.replace_all("&", "and", literal=True).str.to_lowercase()
    return plain.str.slice(0, 1).str.to_uppercase() + plain.str.slice(1)
