"""Who an entry says the defendant is, and the digest of that: another digest is another identity, to be matched anew."""

import hashlib
from collections.abc import Iterable, Mapping

import polars as pl

from throughcare.strands.courts.models import Hearing

IDENTITY = ("forenames", "surname", "date_of_birth", "pnc", "cro", "crn")


def digest_of(told: Mapping[str, object]) -> str:
    """Of what is said of the defendant alone: a new time or courtroom leaves it as it is."""
    line = "\x1f".join(str(told.get(name) or "") for name in IDENTITY)
    return hashlib.blake2b(line.encode(), digest_size=16).hexdigest()


def as_records(hearings: Iterable[Hearing], *, first: int) -> pl.DataFrame:
    """Hearings as `linkage.cleaning` takes records; their ids are numbers from `first`, in their order."""
    told = [[getattr(h, name) or None for name in IDENTITY] for h in hearings]
    schema = {name: pl.Date if name == "date_of_birth" else pl.String for name in IDENTITY}
    frame = pl.DataFrame(told, schema=schema, orient="row").rename({"forenames": "forename"})
    return frame.with_row_index("id", offset=first).with_columns(pl.col("id").cast(pl.Int64))
