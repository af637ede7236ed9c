"""Linking plain files: records in, people out, without a store."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from throughcare.core.errors import UserError
from throughcare.linkage.cleaning import IDENTIFIERS, clean
from throughcare.linkage.comparisons import COMPARISONS
from throughcare.linkage.frequencies import frequencies
from throughcare.linkage.model import Model
from throughcare.linkage.parameters import Parameters
from throughcare.linkage.people import Linkage, link
from throughcare.linkage.scoring import Engine

IDS = ("source", "record_id")
COLUMNS = {
    "source": ("source",), "record_id": ("record_id",), "forename": ("forename", "forenames"), "middle_names": ("middle_names",),
    "surname": ("surname",), "date_of_birth": ("date_of_birth",), "sex": ("sex",), "pnc": ("pnc_id", "pnc"),
    "cro": ("cro_number", "cro"), "prison_number": ("prison_number",), "crn": ("crn",), "postcodes": ("postcode", "postcodes"),
    "sentence_dates": ("sentence_dates",), "offence_dates": ("offence_dates",),
    "other_forenames": ("other_forenames",), "other_surnames": ("other_surnames",),
}  # fmt: skip
"""What is read, and under which names: those of the command, and those of the agencies' extracts."""

SEVERAL = ("postcodes", "sentence_dates", "offence_dates", "other_forenames", "other_surnames")
"""Columns that may hold several values, with a semicolon between them."""

TELLING = tuple(name for name in COLUMNS if name not in (*IDS, "sex", "middle_names"))
EARLIEST = date(1900, 1, 1)
SHOWN = 20


class FileRefused(UserError):
    """A file that cannot be linked: another form than CSV, no usable column, ids that stand twice, impossible dates."""


@dataclass(frozen=True, kw_only=True)
class Records:
    """Records as given, with `id`; `unused`: identifiers that are none (as with a wrong check letter), by column, with the
    records; `ignored`: columns of the files that are not read.
    """

    frame: pl.DataFrame
    unused: dict[str, list[str]]
    ignored: tuple[str, ...]


def read_records(paths: Sequence[Path], *, as_at: date) -> Records:
    """Reads the files as one list. Refuses, naming up to 20 records, ids that stand twice and dates of birth that are in no
    calendar, before 1900 or after `as_at`; and files without a record_id or with nothing to link by.
    """
    told = [_read(path) for path in paths]
    whole = pl.concat([frame for frame, _ in told], how="diagonal").with_row_index("id").with_columns(pl.col("id").cast(pl.Int64))
    if not any(whole[name].is_not_null().any() for name in TELLING if name in whole.columns):
        raise FileRefused(
            what="no column can be used to link by", record=", ".join(path.name for path in paths),
            expected=f"at least one of {', '.join(COLUMNS[name][0] for name in TELLING)}, with something in it",
            mend="name the columns so, or export them",
        )  # fmt: skip
    where = _named(whole)
    _refuse_doubles(whole)
    whole = whole.with_columns(_days(whole, "date_of_birth", where, as_at))
    for name in SEVERAL:
        if name in whole.columns:
            lists = whole[name].str.split(";").list.eval(pl.element().str.strip_chars().filter(pl.element() != ""))
            whole = whole.with_columns(lists.alias(name))
    for name in ("sentence_dates", "offence_dates"):
        if name in whole.columns:
            whole = whole.with_columns(_day_lists(whole, name, where, as_at))
    ignored = tuple(dict.fromkeys(name for _, names in told for name in names))
    return Records(frame=whole, unused={}, ignored=ignored)


def _read(path: Path) -> tuple[pl.DataFrame, list[str]]:
    """The columns known, as text, absent cells null; and the names of the others."""
    try:
        given = pl.read_parquet(path).with_columns(pl.all().cast(pl.String)) if path.suffix == ".parquet" else _csv(path)
    except (OSError, pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        said = str(error).strip().splitlines()[0]
        raise FileRefused(
            what=f"the file cannot be read ({said})", record=path.name, expected="a CSV in UTF-8 with a header, or Parquet",
            mend="export it again",
        ) from error  # fmt: skip
    found = {name: next((n for n in names if n in given.columns), None) for name, names in COLUMNS.items()}
    if found["record_id"] is None:
        raise FileRefused(
            what="the file has no column record_id", record=path.name, expected="an id for each record", mend="add the column"
        )  # fmt: skip
    kept = given.select(pl.col(there).str.strip_chars().replace("", None).alias(name) for name, there in found.items() if there)
    if "source" not in kept.columns:
        kept = kept.with_columns(source=pl.lit(path.stem))
    kept = kept.with_columns(pl.col("source").fill_null(path.stem))
    nameless = kept["record_id"].is_null().arg_true()
    if len(nameless):
        raise FileRefused(
            what="a record has no record_id", record=f"{path.name}, line {nameless[0] + 2}", expected="an id for each record",
            mend="give it one",
        )  # fmt: skip
    return kept, [name for name in given.columns if name not in found.values()]


def _csv(path: Path) -> pl.DataFrame:
    """All cells as text. Refuses a row with other cells than the header has, by its line."""
    try:
        given = pl.read_csv(path, infer_schema=False)
    except pl.exceptions.ComputeError:
        _refuse_ragged(path)
        raise
    lines = pl.read_csv(path, separator="\x01", quote_char=None, has_header=False, infer_schema=False).to_series()
    if (lines.str.count_matches(",") < given.width - 1).any():  # a cell too few, or a line break within quotes
        _refuse_ragged(path)
    return given


def _refuse_ragged(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        width = len(next(rows, []))
        for row in rows:
            if row and len(row) != width:
                raise FileRefused(
                    what=f"a row has {len(row)} cells and the header {width}", record=f"{path.name}, line {rows.line_num}",
                    expected="as many cells as columns", mend="put quotes round cells with commas, and fill every column",
                )  # fmt: skip


def _named(whole: pl.DataFrame) -> pl.Series:
    return whole.select(pl.concat_str(["source", "record_id"], separator=" ")).to_series()


def _refuse_doubles(whole: pl.DataFrame) -> None:
    twice = whole.filter(pl.struct(IDS).is_duplicated()).unique(IDS, maintain_order=True)
    if twice.height:
        raise FileRefused(
            what=f"{twice.height} ids stand more than once", record=_some(_named(twice)),
            expected="source and record_id together name one record", mend="remove the doubles, or give each its own id",
        )  # fmt: skip


def _days(whole: pl.DataFrame, name: str, where: pl.Series, as_at: date) -> pl.Series:
    """The dates of a column; text as YYYY-MM-DD or DD/MM/YYYY, whose form decides between day and month."""
    if name not in whole.columns:
        return pl.Series(name, [None] * whole.height, dtype=pl.Date)
    text = whole[name]
    days = _parsed(text)
    wrong = text.is_not_null() & (days.is_null() | (days < EARLIEST) | (days > as_at)).fill_null(value=True)
    _refuse_days(name, text.filter(wrong), where.filter(wrong), as_at)
    return days


def _day_lists(whole: pl.DataFrame, name: str, where: pl.Series, as_at: date) -> pl.Series:
    rows = whole.select("id", name).explode(name).drop_nulls()
    days = _parsed(rows[name])
    wrong = (days.is_null() | (days < EARLIEST) | (days > as_at)).fill_null(value=True)
    _refuse_days(name, rows[name].filter(wrong), where.gather(rows["id"].filter(wrong)), as_at)
    lists = rows.select("id", days.alias(name)).group_by("id").agg(name)
    return whole.select("id").join(lists, on="id", how="left", maintain_order="left")[name]


def _parsed(text: pl.Series) -> pl.Series:
    cell = pl.col("cell")
    day = (
        pl.when(cell.str.contains(r"^\d{4}-\d{2}-\d{2}$")).then(cell.str.to_date("%Y-%m-%d", strict=False))
        .when(cell.str.contains(r"^\d{2}/\d{2}/\d{4}$")).then(cell.str.to_date("%d/%m/%Y", strict=False))
    )  # fmt: skip
    return text.alias("cell").to_frame().select(day.alias(text.name)).to_series()


def _refuse_days(name: str, text: pl.Series, where: pl.Series, as_at: date) -> None:
    if len(text):
        named = [f"{record} ({day})" for record, day in zip(where[:SHOWN], text[:SHOWN], strict=True)]
        raise FileRefused(
            what=f"{len(text)} dates in {name} are impossible", record=_some(pl.Series(named), len(text)),
            expected=f"YYYY-MM-DD or DD/MM/YYYY, in the calendar, from 1900 to {as_at}", mend="correct them, or leave them empty",
        )  # fmt: skip


def _some(names: pl.Series, in_all: int = 0) -> str:
    more = max(in_all, len(names)) - SHOWN
    return ", ".join(names[:SHOWN].to_list()) + (f" and {more} more" if more > 0 else "")


def link_files(
    paths: Sequence[Path], output: Path, *, parameters: Parameters, as_at: date, engine: Engine | None = None
) -> tuple[Records, Linkage]:
    """Links the records of the files and writes `output` (source, record_id, person_id, certainty) and, with the suffix
    `.pairs.csv`, the pairs looked at: ids, weight, decision, guard and the level of each comparison. Both files or none.

    People are numbered from 1 in the order of their first record.
    """
    records = read_records(paths, as_at=as_at)
    cleaned = cleaned_of(records)
    linkage = link(cleaned, Model(parameters=parameters, frequencies=frequencies(cleaned)), engine=engine)
    ids = records.frame.select("id", *IDS)
    people = ids.join(linkage.people, on="id", how="left", maintain_order="left")
    write_people(people.with_columns(person_id=pl.col("group").rank("dense").cast(pl.Int64)), ids, linkage.pairs, output)
    return records, linkage


def cleaned_of(records: Records) -> pl.DataFrame:
    """The records cleaned, with their id; notes in `unused` the identifiers that are none."""
    cleaned = records.frame.select("id").hstack(clean(records.frame))
    for name in (n for n in IDENTIFIERS if n in records.frame.columns):
        wrong = records.frame[name].is_not_null() & cleaned[name].is_null()
        if wrong.any():
            records.unused[COLUMNS[name][0]] = _named(records.frame.filter(wrong)).to_list()
    return cleaned


def write_people(people: pl.DataFrame, ids: pl.DataFrame, pairs: pl.DataFrame, output: Path) -> None:
    """Writes people (source, record_id, person_id, certainty) and, beside them, pairs as scored and decided.

    `ids`: id, source, record_id of every record that a pair names.
    """
    told = pairs.sort("left", "right")
    for side in ("left", "right"):
        named = ids.select(pl.col("id").alias(side), *(pl.col(n).alias(f"{side}_{n}") for n in IDS))
        told = told.join(named, on=side, how="left", maintain_order="left")
    told = told.select(
        *(f"{side}_{n}" for side in ("left", "right") for n in IDS), pl.col("weight").round(3), "decision", "guard",
        *(pl.col(c.slug).cast(pl.String) for c in COMPARISONS),
    ).with_columns(pl.col(pl.String).replace("", None))  # fmt: skip
    output.parent.mkdir(parents=True, exist_ok=True)
    written = {pairs_file(output): told, output: people.select(*IDS, "person_id", "certainty")}
    for path in written:
        if path.is_dir():
            raise FileRefused(what="a folder has the name of a file to be written", record=str(path), expected="no folder there",
                              mend="name another output")  # fmt: skip
    parts = {path: path.with_name(f".{path.name}.part") for path in written}
    try:
        for path, frame in written.items():
            frame.write_csv(parts[path])
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def pairs_file(output: Path) -> Path:
    return output.with_suffix(".pairs.csv")
