"""Writing studies: registered before outcomes are opened, amended in the open, frozen, added to, run, destroyed in time."""

import json
from datetime import date, datetime
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

import polars as pl

from throughcare.casework.audit.actions import Recording, recording
from throughcare.casework.people.models import Person
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words, months_after
from throughcare.core.pilot import Pilot
from throughcare.evaluation import files, month_rows, queries, rows, surroundings
from throughcare.evaluation import models as m
from throughcare.evaluation.columns import codebook
from throughcare.evaluation.errors import AlreadyRegistered, CopyRefused, NoReason
from throughcare.stats.any_study import AnyProtocol, Ran, parse_any, run_any
from throughcare.stats.design_protocol import RECORDED
from throughcare.stats.mistakes import ProtocolError
from throughcare.stats.results import MARK
from throughcare.stats.value.result import value

MATCHED_FOR = 18
"""Months after the last index for which outcomes are matched: 12 of follow-up and 6 of waiting."""


def register(*, by: str, text: str, slug: str, at: datetime, seen_before: str = "") -> m.Study:
    """Keeps the protocol with its digest and the time. `seen_before`: how its outcomes were seen before; "": they were not.

    What the service knows of that is added, and stands for good. Refused: a protocol that cannot be read or answered, one that
    is exploratory, a name or a text that is registered already.
    """
    protocol, sha256 = checked(text, name=slug)
    if m.Study.objects.filter(slug=slug).exists() or m.Version.objects.filter(sha256=sha256).exists():
        raise AlreadyRegistered(
            what="It is registered already", record=slug, expected="a new name and a new protocol",
            mend="amend the study, or give this one a name of its own",
        )  # fmt: skip
    known = queries.opened_elsewhere(protocol)
    with recording(by=by, verb="evaluation.register") as entry:
        study = m.Study(slug=slug, title=protocol.study.title[:200], registered_at=at, registered_by=by,
                        seen_before="\n".join(each.strip() for each in (seen_before, *known) if each.strip()))  # fmt: skip
        study.save()
        m.Version(study=study, number=1, text=text, sha256=sha256, at=at, by=by).save()
        entry.about(study)
        entry.details = {"sha256": sha256, "seen_before": bool(study.seen_before)}
    return study


def checked(text: str, *, name: str) -> tuple[AnyProtocol, str]:
    """The protocol and its digest, where it can be registered: the check that is made before anything is kept."""
    protocol, sha256 = parse_any(text, name=name)
    if protocol.study.exploratory:
        raise ProtocolError(
            what="An exploratory protocol is not registered", record=f"{name}, [study] exploratory",
            expected="a protocol whose data have not been seen", mend="take exploratory out, or run it without registering it",
        )  # fmt: skip
    if protocol.rows is not None:
        check = month_rows if month_rows.of_months(protocol) else rows
        check.check_asked(protocol, pilot=current_pilot())
    return protocol, sha256


def amend(*, by: str, study: m.Study, text: str, why: str, at: datetime) -> m.Version:
    """A new version beside the earlier ones, which stay; one made after outcomes were opened says so for good.

    Refused: no reason, and no change.
    """
    _, sha256 = checked(text, name=study.slug)
    with recording(by=by, verb="evaluation.amend") as entry:
        found = m.Study.objects.select_for_update().get(pk=study.pk)
        if not why.strip() or found.versions.filter(sha256=sha256).exists():
            raise NoReason(
                what="The amendment changes nothing" if why.strip() else "It is not said why", record=study.slug,
                expected="a text that differs from every earlier version, and the reason", mend="give both",
            )  # fmt: skip
        made = m.Version(study=found, number=found.versions.latest("number").number + 1, text=text, sha256=sha256, at=at, by=by,
                         why=why.strip(), after_opening=found.opened_at is not None)  # fmt: skip
        made.save()
        entry.about(found)
        entry.details = {"version": made.number, "sha256": sha256, "after_opening": made.after_opening}
    return made


def freeze(*, by: str, study: m.Study, as_at: date, at: datetime) -> m.Copy:
    """A pseudonymised copy of the rows as they stand on the day, without outcomes; earlier copies stay.

    Refused: a study of a file, which has none; and after outcomes were opened, when the rows must stay what they were.
    """
    version = queries.current(study)
    protocol = queries.own_protocol_of(version)
    assert protocol.rows is not None and protocol.copy_ is not None, "they go together"
    if study.opened_at is not None:
        raise CopyRefused(what="Its outcomes have been opened", record=study.slug, expected="a study before they are",
                          mend="register another study")  # fmt: skip
    pilot = current_pilot()
    frames = _frozen(study.slug, protocol, as_at=as_at, pilot=pilot)
    with recording(by=by, verb="evaluation.freeze") as entry:
        found = m.Study.objects.select_for_update().get(pk=study.pk)
        number = found.copies.count() + 1
        frames |= {"feeds": surroundings.feed_gaps(as_at), "staffing": surroundings.staffing_gaps(protocol.rows.since, as_at)}
        told = files.as_files(frames) | {"protocol.toml": version.text, "pilot.json": pilot.model_dump_json(indent=2)}
        about = {
            "study": study.slug, "copy": number, "as_at": as_at, "frozen_at": at, "by": by, "protocol_sha256": version.sha256,
            "pilot": pilot.slug, "throughcare": version_of("throughcare"), "key_holder": protocol.copy_.key_holder,
            "keep_until": protocol.copy_.keep_until, "rows": frames["rows"].height,
        }  # fmt: skip
        told["copy.json"] = json.dumps(about, indent=2, default=str) + "\n"
        copy = m.Copy(study=found, number=number, at=at, as_at=as_at, by=by, sha256=files.digest(told),
                      rows=frames["rows"].height, last_index_on=_last_index(protocol, frames["rows"]),
                      keep_until=protocol.copy_.keep_until, key_holder=about["key_holder"])  # fmt: skip
        copy.save()
        files.write(study.slug, f"copy-{number}", told, mark="copy.json")
        entry.about(copy)
        entry.details = {"study": study.slug, "rows": copy.rows, "sha256": copy.sha256}
    return copy


def _frozen(slug: str, protocol: AnyProtocol, *, as_at: date, pilot: Pilot) -> dict[str, pl.DataFrame]:
    """The tables of the copy, under pseudonyms, in the order of these: where a row stands tells nothing of who it is. Boroughs'
    months are about nobody, and as they are."""
    if month_rows.of_months(protocol):
        months = month_rows.made(protocol, pilot=pilot)
        return {"rows": months, "codebook": month_rows.book_of(months, "rows")}
    assert protocol.rows is not None
    made = rows.made(protocol, as_at=as_at, pilot=pilot)
    key, kind = files.new_key(slug), rows.KEYS[protocol.rows.kind]
    whose = files.pseudonyms(key, "person", made.frame["person"])
    ids = whose if kind == "person" else files.pseudonyms(key, kind, made.frame[kind])
    told = made.frame.with_columns(id=pl.col(kind).replace_strict(ids, return_dtype=pl.String))
    if kind != "person":
        told = told.with_columns(person_id=pl.col("person").replace_strict(whose, return_dtype=pl.String)).drop(kind)
    columns = rows.columns_of(protocol)
    told = told.select([c.name for c in columns if c.name in told.columns]).sort("id")
    had = made.treatments.with_columns(id=pl.col("person").replace_strict(whose, return_dtype=pl.String))
    had = had.select([column.name for column in rows.TREATMENT_COLUMNS]).sort("id", "on", "service", "kind")
    book = pl.concat([codebook(columns, told).with_columns(table=pl.lit("rows")),
                      codebook(rows.TREATMENT_COLUMNS, had).with_columns(table=pl.lit("treatments"))])  # fmt: skip
    return {"rows": told, "treatments": had, "codebook": book.select("table", pl.exclude("table"))}


def _last_index(protocol: AnyProtocol, told: pl.DataFrame) -> date | None:
    if month_rows.of_months(protocol):
        return month_rows.asked_of(protocol).until
    inside = told.filter(pl.col("why_out") == "")
    last: date | None = inside["clock_on"].max()  # type: ignore[assignment]
    return last


def add_outcomes(*, by: str, study: m.Study, as_at: date, at: datetime) -> m.Addition:
    """Matches outcomes to the last copy by its key, as they are known on the day; nothing dated after 18 months from the last
    index is. It opens nothing: what was matched lies in the copy until the study is run.

    Refused: no copy, its key or files gone, and where all that may be matched has been.
    """
    copy = queries.copy_of(study)
    last = months_after(copy.last_index_on or copy.as_at, MATCHED_FOR)
    day = min(as_at, last)
    if copy.additions.filter(as_at=last).exists():
        raise CopyRefused(
            what=f"All that may be matched has been: {MATCHED_FOR} months from the last index were over on {day_in_words(last)}",
            record=study.slug, expected="an earlier day", mend="run the study",
        )  # fmt: skip
    protocol = queries.own_protocol_of(queries.current(study))
    frozen = files.read_rows(study.slug, f"copy-{copy.number}", "rows", sha256=copy.sha256)
    told, book, matched = _matched(study.slug, protocol, frozen, day)
    with recording(by=by, verb="evaluation.add_outcomes") as entry:
        number = copy.additions.count() + 1
        held = files.as_files({"outcomes": told, "codebook": book})
        made = m.Addition(copy=copy, as_at=day, at=at, by=by, sha256=files.digest(held), matched=matched)
        made.save()
        files.write(study.slug, f"copy-{copy.number}-outcomes-{number}", held, mark="outcomes.csv")
        entry.about(made)
        entry.details = {"study": study.slug, "as_at": day, "rows": told.height, "matched": made.matched}
    return made


def _matched(slug: str, protocol: AnyProtocol, frozen: pl.DataFrame, day: date) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """Outcomes by the rows' id, their codebook, and of how many rows something could be told."""
    if month_rows.of_months(protocol):
        told = month_rows.recorded(protocol, frozen, as_at=day, pilot=current_pilot())
        return told, month_rows.book_of(told, "outcomes"), int(told[RECORDED].is_not_null().sum())
    known = _known_again(slug, protocol, frozen)
    found = rows.outcomes_of(protocol, known, as_at=day, pilot=current_pilot(), severity=files.severity())
    told = known.select("row", "id").join(found, on="row", how="left", maintain_order="left").drop("row")
    return told, codebook(rows.columns_of(protocol) + rows.OUT, told), int(known["here"].sum())


def _known_again(slug: str, protocol: AnyProtocol, frozen: pl.DataFrame) -> pl.DataFrame:
    """The frozen rows with `row`, the number in the store (under the id known today) and `here`: whether anybody has it still.

    Somebody found since to be two rows' person gives both the same outcomes; somebody deleted gives none.
    """
    assert protocol.rows is not None
    key, kind = files.key_of(slug), rows.KEYS[protocol.rows.kind]
    if kind == "person":
        numbers = {pk: into or pk for pk, into in Person.objects.values_list("pk", "merged_into")}
    else:
        numbers = {number: number for number in queries.case_numbers()}
    back = {name: numbers[number] for number, name in files.pseudonyms(key, kind, numbers).items()}
    found = pl.col("id").replace_strict(back, default=None, return_dtype=pl.Int64)
    return frozen.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64), found.alias(kind)).with_columns(
        here=pl.col(kind).is_not_null())  # fmt: skip


def run(*, by: str, study: m.Study, as_at: date, at: datetime) -> tuple[m.StudyRun, Ran]:
    """Runs the study on its copy with the outcomes matched last: this opens them. The engine is that of `throughcare study`.

    Refused: no copy, no outcomes matched, files that are not as they were left.
    """
    copy = queries.copy_of(study)
    addition = copy.additions.order_by("-pk").first()
    if addition is None:
        raise CopyRefused(what="No outcomes have been matched to the copy", record=study.slug, expected="matched outcomes",
                          mend="match them first")  # fmt: skip
    version = queries.current(study)
    asked, frame, out = queries.asked_and_frame(version, copy, addition)
    return _run(by=by, version=version, asked=asked, frame=frame, out=out, as_at=as_at, at=at, addition=addition)


def run_on_file(*, by: str, version: m.Version, frame: pl.DataFrame, as_at: date, at: datetime) -> tuple[m.StudyRun, Ran]:
    """Runs a registered study whose data are a file; this opens its outcomes."""
    asked = queries.any_protocol_of(version)
    return _run(by=by, version=version, asked=asked, frame=frame, out={}, as_at=as_at, at=at, addition=None)


def _run(
    *, by: str, version: m.Version, asked: AnyProtocol, frame: pl.DataFrame, out: Any, as_at: date, at: datetime,
    addition: m.Addition | None,
) -> tuple[m.StudyRun, Ran]:
    study = version.study
    data = files.digest({"data.csv": frame.write_csv()})
    result = run_any(asked, frame, sha256=version.sha256, as_at=as_at, registered=True)
    with recording(by=by, verb="evaluation.run") as entry:
        found = m.Study.objects.select_for_update().get(pk=study.pk)
        if found.opened_at is None:
            found.opened_at, found.opened_by = at, by
            found.save()
        told = result.plain | {"in_neither_group": dict(out), "registration": queries.registration(version)}
        made = m.StudyRun(study=found, version=version, addition=addition, as_at=as_at, at=at, by=by, data_sha256=data,
                          results=json.dumps(told, ensure_ascii=False, allow_nan=False, default=str))  # fmt: skip
        made.save()
        whole = json.dumps(told, indent=2, ensure_ascii=False, default=str) + "\n"
        written = result.files | {MARK: whole, "part.html": result.part}
        files.write(study.slug, f"run-{made.pk}", written, mark=MARK)
        entry.about(made)
        entry.details = {"study": study.slug, "version": version.number, "data": data}
    return made, result


def destroy(*, by: str, copy: m.Copy, as_at: date, at: datetime) -> None:
    """The copy's files are no more, and with the study's last copy its key; results and record stay. Refused before its day."""
    with recording(by=by, verb="evaluation.destroy") as entry:
        found = m.Copy.objects.select_for_update().get(pk=copy.pk)
        if found.destroyed_at is not None or as_at < found.keep_until:
            raise CopyRefused(
                what="The copy is kept", record=f"{found.study.slug}, copy {found.number}", mend="wait until then",
                expected=f"its last day, {day_in_words(found.keep_until)}",
            )  # fmt: skip
        found.destroyed_at, found.destroyed_by = at, by
        found.save()
        names = [f"copy-{found.number}", *(f"copy-{found.number}-outcomes-{n + 1}" for n in range(found.additions.count()))]
        files.destroy(found.study.slug, names, key=not found.study.copies.filter(destroyed_at=None).exists())
        _about_copy(entry, found)


def _about_copy(entry: Recording, copy: m.Copy) -> None:
    entry.about(copy)
    entry.details = {"study": copy.study.slug, "copy": copy.number}


def keep_value(*, by: str, text: str, slug: str, at: datetime) -> m.ValueModel:
    """Keeps a cost-benefit model and what it comes to; an earlier version of the name stays.

    Refused: a model that cannot be read, or of which a unit cost or a price index must be asked of the user.
    """
    model, sha256 = queries.value_model(text, name=slug)
    told, _ = value(model, sha256=sha256)
    with recording(by=by, verb="evaluation.keep_value") as entry:
        made = m.ValueModel(slug=slug, title=model.model.title[:200], text=text, sha256=sha256, at=at, by=by,
                            results=json.dumps(told, ensure_ascii=False))  # fmt: skip
        made.save()
        entry.about(made)
        entry.details = {"slug": slug, "sha256": sha256}
    return made


def write_result(made: m.StudyRun, output: Path) -> None:
    """Copies what a run wrote to a folder of the user's, as `throughcare study` writes it."""
    files.copy_out(made.study.slug, f"run-{made.pk}", output, mark=MARK, without=("part.html",))
