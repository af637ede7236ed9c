"""The courts' own lists as they come in files: a row a version of a defendant's entry.

A defendant is on the list whether or not anybody knows them, so a row is about nobody until it is matched: numbers are taken as
they are given, since a row with a mistyped one must not be missing from the list.
"""

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from throughcare.casework.imports.actions import insert, stores
from throughcare.casework.imports.models import SourceRow
from throughcare.casework.imports.queries import parts_of
from throughcare.casework.people.columns import CRN, CRO, OFFENCE, PNC, RECORD, choice, past_day, text, whole, yes_no
from throughcare.core.contracts import Column, Feed
from throughcare.strands.courts.lists.identity import IDENTITY, digest_of
from throughcare.strands.courts.models import BAIL, Hearing, ListReceived

SLUG = "court-hearings"


def _as_given(column: Column, longest: int) -> Column:
    return text(column.name, f"{column.meaning}, as the list has it", column.example, longest=longest)


COLUMNS = (
    RECORD,
    text("reference", "the list's own reference of the entry: the same in each of its versions, in no other entry",
         "TH-160614-017", required=True, longest=40),
    Column(name="version", kind="datetime", meaning="when this version of the entry was issued; the last one issued stands",
           example="2016-06-13T17:58:00+01:00", required=True),
    Column(name="court", kind="text", meaning="the court", example="Thames", required=True, known="courts"),
    Column(name="sits_on", kind="date", meaning="day of the hearing", example="2016-06-14", required=True),
    text("courtroom", "courtroom", "2", longest=20),
    text("at", "time of the hearing", "10:30", longest=5),
    text("forenames", "all forenames", "Tavik Oren", longest=100),
    text("surname", "family name", "Brellan", required=True, longest=100),
    past_day("date_of_birth", "date of birth", "1991-03-14"),
    _as_given(PNC, 15), _as_given(CRO, 15), _as_given(CRN, 10),
    choice("bail", "whether the defendant comes from custody or on bail", BAIL),
    Column(name="offence_code", kind=OFFENCE.kind, meaning=OFFENCE.meaning, example=OFFENCE.example),
    text("offence", "the offence in the list's words", "Theft from shop", longest=200),
    text("plea", "the plea, where one was entered", "not_guilty", longest=12),
    yes_no("breach", "it is for a breach of an order or licence"),
    yes_no("warrant", "a warrant was issued, or the defendant comes on one"),
    yes_no("withdrawn", "the entry was taken off the list"),
    whole("names", "how many names the whole list of that court and day has, where it is told", "41", maximum=9_999),
)  # fmt: skip


def _other_version(frame: pl.DataFrame) -> pl.Series:
    """Whether a record_id that came before was another version: it would overwrite one that is to be kept."""
    known: dict[str, tuple[str, datetime]] = {}
    for part in parts_of(frame["record_id"].drop_nulls().unique().to_list()):
        found = Hearing.objects.filter(source__feed=SLUG, source__record_id__in=part)
        known |= {row[0]: (row[1], row[2]) for row in found.values_list("source__record_id", "reference", "version")}
    told = frame.select("record_id", "reference", "version").iter_rows()
    return pl.Series([record in known and known[record] != (reference, version) for record, reference, version in told],
                     dtype=pl.Boolean)  # fmt: skip


RULES = (
    (~pl.col("at").str.contains(r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$"), "at", "a time of day is HH:MM", "write 09:30"),
    (_other_version, "record_id", "a record_id is of one version of one entry, for good",
     "give each version a record_id of its own"),
)  # fmt: skip


def _with_receipt(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with when they were received, who they say it is, and the time of day as the table takes it."""
    received = _received_at(frame["source"].to_list())
    digests = [digest_of(dict(zip(IDENTITY, told, strict=True))) for told in frame.select(IDENTITY).iter_rows()]
    return frame.with_columns(pl.Series("digest", digests, dtype=pl.String), received_at=_instant(received))


def _instant(at: datetime) -> pl.Expr:
    return pl.lit(at, dtype=pl.Datetime("us", "UTC"))


def _received_at(sources: Sequence[int]) -> datetime:
    """When the file of these rows, all of one load, was received."""
    at: datetime = SourceRow.objects.values_list("file__loaded_at", flat=True).get(pk=sources[0])
    return at


def keep_arrivals(frame: pl.DataFrame) -> None:
    """That a list came: one row a file, court and day, whatever the number of batches. Called inside an import."""
    load = SourceRow.objects.values_list("file", flat=True).get(pk=frame["source"][0])
    at = _received_at(frame["source"].to_list())
    newest = pl.col("version") == pl.col("version").max()
    came = frame.group_by("court", "sits_on", maintain_order=True).agg(
        names=(~pl.col("withdrawn")).sum().cast(pl.Int64), issued_at=pl.col("version").max(),
        expected=pl.col("names").filter(newest).max(),
    )  # fmt: skip
    before = {(each.court, each.sits_on): each.names for each in ListReceived.objects.filter(load=load)}
    already = [before.get(of, 0) for of in came.select("court", "sits_on").iter_rows()]
    names = came["names"] + pl.Series(already, dtype=pl.Int64)
    told = came.with_columns(received_at=_instant(at), how=pl.lit("file"), load=pl.lit(load), names=names)
    insert(ListReceived, told, key=("load", "court", "sits_on"))


keep_arrivals.model = ListReceived

FEED = Feed(
    slug=SLUG, agency="HMCTS", title="Court lists as they are issued, a version of an entry a row", columns=COLUMNS,
    loads=(stores(Hearing, reshape=_with_receipt), keep_arrivals), rules=RULES, order=45,
)  # fmt: skip
