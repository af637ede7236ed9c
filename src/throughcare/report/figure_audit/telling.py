"""Alarms told: as a table for a terminal, as JSON for a program."""

import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from throughcare.report.figure_audit.alarm import Alarm, Said


def as_json(name: str, alarms: Sequence[Alarm]) -> str:
    told = [
        {"kind": alarm.kind, "what": alarm.what, "one": _side(alarm.one), "other": _side(alarm.other), "working": alarm.working}
        for alarm in alarms
    ]  # fmt: skip
    return json.dumps({"document": name, "alarms": told}, indent=1, ensure_ascii=False)


def _side(side: Said) -> dict[str, str | int]:
    place = side.place
    return {
        "value": side.value, "place": str(place), "section": place.section, "page": place.page, "line": place.line,
        "cell": place.cell, "words": side.words,
    }  # fmt: skip


def show(name: str, alarms: Sequence[Alarm], console: Console) -> None:
    """A row an alarm: what, both places with the words around them, and how it was worked out."""
    if not alarms:
        console.print(Text(f"{name}: nothing found that contradicts itself"))
        return
    table = Table(show_lines=True, expand=True)
    for head, ratio in (("", 1), ("What", 6), ("One place", 9), ("The other", 9), ("Worked out", 6)):
        table.add_column(head, ratio=ratio)
    for number, alarm in enumerate(alarms, 1):
        table.add_row(str(number), _what(alarm), _told(alarm.one), _told(alarm.other), Text(alarm.working))
    console.print(table)
    console.print(Text(f"{name}: {len(alarms)} found. Each is for somebody to look at: an alarm is not yet a mistake."))


def _what(alarm: Alarm) -> Text:
    return Text.assemble((alarm.kind, "bold"), "\n", alarm.what)


def _told(side: Said) -> Text:
    return Text.assemble((side.value, "bold"), "\n", (str(side.place), "italic"), "\n", side.words)
