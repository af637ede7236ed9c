"""Reading studies: what is registered, the copy that counts, the frame of a run, what is held of a person under its pseudonym."""

import difflib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from throughcare.core.clock import london_date
from throughcare.core.dates import day_in_words
from throughcare.evaluation import files, month_rows, rows
from throughcare.evaluation import models as m
from throughcare.evaluation.errors import CopyRefused, NotRegistered
from throughcare.stats.any_study import AnyProtocol, parse_any
from throughcare.stats.value.model import Model, parse_model
from throughcare.strands.courts.queries import cases


def version_of(sha256: str, *, record: str) -> m.Version:
    """The version with this digest. Refuses a text that is not registered, and one that has been amended since."""
    found = m.Version.objects.filter(sha256=sha256).select_related("study").first()
    if found is None:
        raise NotRegistered(
            what="The protocol is not registered", record=record, expected="a registered protocol, or an exploratory one",
            mend="register it, or write exploratory = true in [study]: then everything says so",
        )  # fmt: skip
    if found != current(found.study):
        raise NotRegistered(what="The protocol has been amended since", record=f"{record}, version {found.number}",
                            expected=f"version {current(found.study).number}", mend="run that one")  # fmt: skip
    return found


def current(study: m.Study) -> m.Version:
    """The version that counts: the last."""
    return study.versions.select_related("study").latest("number")


def any_protocol_of(version: m.Version) -> AnyProtocol:
    return parse_any(version.text, name=version.study.slug)[0]


def protocol_of(version: m.Version) -> AnyProtocol | None:
    """The protocol of a study of the service's own rows; None of one whose data are a file."""
    found = any_protocol_of(version)
    return found if found.rows is not None else None


def own_protocol_of(version: m.Version) -> AnyProtocol:
    """The same. Refused where the data are a file: it has no rows here, and no copy."""
    found = protocol_of(version)
    if found is None:
        raise CopyRefused(what="The study's data are a file of its own", record=version.study.slug,
                          expected="a study of the service's rows", mend="register a study with [rows] and [copy]")  # fmt: skip
    return found


def of_months(version: m.Version) -> bool:
    """Whether its rows are boroughs' months, about nobody."""
    return month_rows.of_months(any_protocol_of(version))


def copy_of(study: m.Study) -> m.Copy:
    """The copy that counts: the last that is still there. Refused where there is none."""
    found = study.copies.filter(destroyed_at=None).order_by("-number").first()
    if found is None:
        raise CopyRefused(what="The study has no frozen copy", record=study.slug, expected="a copy", mend="freeze one first")
    return found


def case_numbers() -> list[int]:
    """Every court case on record."""
    return cases(as_at=None)["case"].to_list()


def frame_of(version: m.Version, copy: m.Copy, addition: m.Addition) -> tuple[pl.DataFrame, Mapping[str, int]]:
    """The frame of those in the study, and how many rows are in neither group, by why."""
    return asked_and_frame(version, copy, addition)[1:]


def asked_and_frame(
    version: m.Version, copy: m.Copy, addition: m.Addition
) -> tuple[AnyProtocol, pl.DataFrame, Mapping[str, int]]:
    """The protocol as the engine takes it (of boroughs' months with the columns that the service makes), frame and left out."""
    number = list(copy.additions.order_by("pk").values_list("pk", flat=True)).index(addition.pk) + 1
    slug = version.study.slug
    frozen = files.read_rows(slug, f"copy-{copy.number}", "rows", sha256=copy.sha256)
    told = files.read_rows(slug, f"copy-{copy.number}-outcomes-{number}", "outcomes", sha256=addition.sha256)
    protocol = own_protocol_of(version)
    if month_rows.of_months(protocol):
        return month_rows.for_the_engine(protocol, frozen, told)
    return rows.filled(protocol), *rows.for_the_engine(protocol, frozen, told)


def opened_elsewhere(protocol: AnyProtocol) -> list[str]:
    """Sentences: studies that have opened an outcome of the same name, of people in the same days. Of a file: none known."""
    if protocol.rows is None:
        return []
    mine, found = _asks(protocol), []
    for study in m.Study.objects.exclude(opened_at=None).order_by("pk"):
        other = protocol_of(current(study))
        if other is None or other.rows is None:
            continue
        shared = sorted(mine & _asks(other))
        if shared and other.rows.kind == protocol.rows.kind and (
            other.rows.since < protocol.rows.until and protocol.rows.since < other.rows.until
        ):  # fmt: skip
            day = day_in_words(london_date(study.opened_at))
            found.append(f"{', '.join(shared)} had been opened on {day} by the study {study.slug}.")
    return found


def _asks(protocol: AnyProtocol) -> set[str]:
    """The outcomes that it opens; of boroughs' months, of which offences, whichever way they are counted."""
    if month_rows.of_months(protocol):
        return {f"{protocol.outcome[0].name} ({month_rows.asked_of(protocol).group})"}
    return {outcome.name for outcome in protocol.outcome}


def registration(version: m.Version) -> dict[str, Any]:
    """What every result says of how the study was registered."""
    study = version.study
    return {
        "registered_at": study.registered_at.isoformat(), "registered_by": study.registered_by, "version": version.number,
        "sha256": version.sha256, "outcomes_seen_before": study.seen_before, "amended_after_opening": [
            each.number for each in study.versions.filter(after_opening=True).order_by("number")],
    }  # fmt: skip


def changes(before: m.Version, after: str) -> list[str]:
    """The lines that an amendment takes out (-) and puts in (+), each with the two lines around it."""
    told = difflib.unified_diff(before.text.splitlines(), after.splitlines(), lineterm="", n=2)
    return [line for line in told if not line.startswith(("---", "+++"))]


def studies() -> list[m.Study]:
    """Every registered study, as they were registered."""
    return list(m.Study.objects.order_by("pk"))


def value_models() -> list[m.ValueModel]:
    """The cost-benefit models, each by its last version, by title."""
    last = {each.slug: each for each in m.ValueModel.objects.order_by("pk")}
    return sorted(last.values(), key=lambda each: (each.title, each.slug))


def last_run(study: m.Study) -> m.StudyRun | None:
    return study.runs.order_by("-pk").first()


def findings_of(study: m.Study) -> dict[str, Any] | None:
    """The last run's results; None where the study has not been run."""
    last = last_run(study)
    return json.loads(last.results) if last else None


def names_in(slug: str, folder: str) -> list[str]:
    """The files of one of the study's folders, by name."""
    return sorted(path.name for path in files.folder_of(slug, folder).glob("*") if path.suffix in files.KINDS)


def files_of(run: m.StudyRun) -> list[str]:
    """The files of a result that one keeps: all but the page's own part."""
    folder = files.folder_of(run.study.slug, f"run-{run.pk}")
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if name != "part.html")


def chart_of(run: m.StudyRun, name: str) -> str:
    """A drawing of a result, as it was made; "" where there is none, or the folder is gone."""
    path = files.folder_of(run.study.slug, f"run-{run.pk}") / "charts" / f"{name}.svg"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def part_of(run: m.StudyRun) -> str:
    """What the result's page says; "" where its folder is gone, and the figures alone are left."""
    path = files.folder_of(run.study.slug, f"run-{run.pk}") / "part.html"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def value_model(text: str, *, name: str) -> tuple[Model, str]:
    """A cost-benefit model with the impacts of registered studies in it: there `study` is a study's name."""

    def results_of(study: str) -> str:
        last = m.StudyRun.objects.filter(study__slug=study).order_by("-pk").first()
        if last is None:
            raise KeyError(study)
        return last.results

    return parse_model(text, name=name, results_of=results_of)


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The rows that stand in a frozen copy under the person's pseudonym, as long as copy and key are here."""
    held = []
    for copy in m.Copy.objects.filter(destroyed_at=None).select_related("study").order_by("pk"):
        try:
            key = files.key_of(copy.study.slug)
            frozen = files.read_rows(copy.study.slug, f"copy-{copy.number}", "rows", sha256=copy.sha256)
        except CopyRefused:
            continue
        (name,) = files.pseudonyms(key, "person", [person_id]).values()
        whose = "person_id" if "person_id" in frozen.columns else "id"
        mine = frozen.filter(pl.col(whose) == name).drop("id", "person_id", strict=False)
        held += [{"study": copy.study.title, "copy": copy.number, **row} for row in mine.to_dicts()]
    return {"rows in frozen copies of studies": held}
