"""What the audit finds in a text, told so short that a table of examples can be read."""

from throughcare.report.figure_audit.alarm import Alarm
from throughcare.report.figure_audit.audit import audit
from throughcare.report.figure_audit.reading.markdown import read_markdown
from throughcare.report.figure_audit.reading.plain import read_plain


def alarms(text: str) -> tuple[Alarm, ...]:
    """What is found in a Markdown text."""
    return audit(read_markdown(text.encode(), "report.md"))


def plain_alarms(text: str) -> tuple[Alarm, ...]:
    return audit(read_plain(text.encode(), "report.txt"))


def sides(found: tuple[Alarm, ...]) -> list[tuple[str, str, str]]:
    """(kind, one value, the other value) of each alarm, in order."""
    return [(alarm.kind, alarm.one.value, alarm.other.value) for alarm in found]
