"""A study by whichever design its protocol has: read, run, and told as files. The command line and the service call this."""

import json
import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from throughcare.stats.design_charts import design_charts
from throughcare.stats.design_protocol import DesignProtocol
from throughcare.stats.design_study import DesignResult, plain_design, run_design
from throughcare.stats.page import page, part
from throughcare.stats.protocol import Protocol, parse_protocol
from throughcare.stats.results import MARK, files, part_of_page, plain
from throughcare.stats.study import run_study
from throughcare.stats.toml_file import parse_toml

AnyProtocol = Protocol | DesignProtocol


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What a run gives: the result as plain values, its files by their path, its page without the frame."""

    plain: dict[str, Any]
    files: dict[str, str]
    part: str


def parse_any(text: str, *, name: str) -> tuple[AnyProtocol, str]:
    """The protocol of a text, by [match] or by [design], and the SHA-256 of its bytes."""
    try:
        by_design = "design" in tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        by_design = False  # it is refused with its line below
    return parse_toml(text, DesignProtocol, name=name) if by_design else parse_protocol(text, name=name)


def run_any(protocol: AnyProtocol, frame: pl.DataFrame, *, sha256: str, as_at: date, registered: bool = False) -> Ran:
    """Runs it on the rows; see `run_study` and `run_design`."""
    if isinstance(protocol, DesignProtocol):
        return _told(run_design(protocol, frame, sha256=sha256, as_at=as_at, registered=registered))
    result = run_study(protocol, frame, sha256=sha256, as_at=as_at, registered=registered)
    return Ran(plain=plain(result), files=files(result), part=part_of_page(result))


def _told(result: DesignResult) -> Ran:
    shown, charts = plain_design(result), design_charts(result)
    given: dict[str, Any] = {"result": result, "plain": shown, "charts": charts}
    told = {
        MARK: json.dumps(shown, indent=2, ensure_ascii=False, allow_nan=False, default=str) + "\n",
        "index.html": page("design.html", **given), "tables/rests-on.csv": result.table.write_csv(),
        "tables/estimates.csv": pl.DataFrame(shown["estimates"]).drop("says", strict=False).write_csv(),
    } | {f"charts/{name}.svg": drawing + "\n" for name, drawing in charts.items()}  # fmt: skip
    return Ran(plain=shown, files=told, part=part("design.html", **given))
