"""One count with two values: in the summary, in the text, and as a total of a table.

Two claims are of one thing when they name the same topic at the same stage (referred, accepted, seen, completed), or,
without a stage, the same noun and two words or more. They are not compared where one counts a part of something, a single month,
a plan, another period, or other people: a claim of fewer people (young men) is compared only with one that stands under
a heading of those.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from throughcare.report.figure_audit.alarm import Alarm, Said, said, said_in
from throughcare.report.figure_audit.checks.totals import TOTAL, total_at
from throughcare.report.figure_audit.clauses import Claim, claims
from throughcare.report.figure_audit.document import Document, Table
from throughcare.report.figure_audit.words import groups, stage, stem, stems, topic, without_stage, written

KIND = "two values"
_OF_TABLES = frozenset(
    map(
        stem,
        """performance data comparison breakdown summary response question result table rate split monthly site area town
        borough region county quarter month year week provider group gender sex""".split(),
    )
)
_NOT_ADDED = re.compile(r"average|mean|median|rate|%|score|range|percent", re.I)


@dataclass(frozen=True, kw_only=True)
class Told:
    """One value with what it is of. `working`: how it was worked out, "" where it is written so."""

    value: Decimal
    topic: frozenset[str]
    stage: str
    noun: str
    groups: frozenset[str]
    around: frozenset[str]
    period: tuple[str, ...]
    said: Said
    working: str = ""


def check(document: Document) -> Iterator[Alarm]:
    """Within each topic and stage, the first of each value against the value most often said."""
    told: dict[tuple[frozenset[str], str, str], list[Told]] = defaultdict(list)
    for one in (*_of_prose(document), *_of_tables(document)):
        told[one.topic, one.stage, "" if one.stage else one.noun].append(one)
    for together in told.values():
        yield from _differing(together)


def _differing(together: list[Told]) -> Iterator[Alarm]:
    """Each value but the leading one is told once, against the best placed claim that it contradicts."""
    times = {value: sum(1 for one in together if one.value == value) for value in {one.value for one in together}}
    unlike = {(one.value, one.groups, one.around, one.period, bool(one.working)): one for one in reversed(together)}
    leading = sorted(unlike.values(), key=lambda one: (bool(one.working), times[one.value]), reverse=True)
    seen: set[Decimal] = set()
    for one in together:
        against = next((other for other in leading if other.value != one.value and _same_thing(one, other)), None)
        if against is None or _rank(one, times) >= _rank(against, times) or one.value in seen:
            continue
        seen.add(one.value)
        yield Alarm(
            kind=KIND, what=f"{one.value} and {against.value} for one thing: {_named(one)}", one=one.said,
            other=against.said, working=against.working or f"both count the same; {one.value} is not {against.value}",
        )  # fmt: skip


def _named(one: Told) -> str:
    """What is counted, in the words that stand there."""
    return written(one.said.words, one.topic) + (f" ({one.stage})" if one.stage else "")


def _rank(one: Told, times: dict[Decimal, int]) -> tuple[bool, int, Decimal]:
    return bool(one.working), times[one.value], one.value


def _same_thing(one: Told, other: Told) -> bool:
    table = one.said.place.cell.partition(", row ")[0]
    if one.said.words == other.said.words or (table and table == other.said.place.cell.partition(", row ")[0]):
        return False
    if one.period and other.period and len(one.period) > 1 and len(other.period) > 1 and one.period != other.period:
        return False
    return one.groups <= other.groups | other.around and other.groups <= one.groups | one.around


def _of_prose(document: Document) -> Iterator[Told]:
    for paragraph in document.paragraphs:
        for claim in claims(paragraph):
            told = bool(claim.topic) if claim.stage else len(claim.topic) >= 2 and claim.own and bool(claim.noun)
            if told and not claim.parted and not claim.planned:
                yield _told(claim)


def _told(claim: Claim) -> Told:
    sentence = claim.clause.sentence
    return Told(
        value=claim.number.value, topic=claim.topic, stage=claim.stage, noun=claim.noun, groups=claim.groups, period=claim.period,
        around=groups(stems(sentence.place.section)),
        said=said(claim.number.text, sentence, claim.clause.start + claim.number.start),
    )  # fmt: skip


def _of_tables(document: Document) -> Iterator[Told]:
    for table in document.tables:
        about = topic(stems(without_stage(table.title))) - _OF_TABLES
        total = total_at(table.columns)
        if not table.groups and not any(TOTAL.match(row.label) for row in table.rows) and total is None:
            yield from _sums(table, about)
        for number, row in enumerate(table.rows):
            at = _column_of_all(table, total)
            if at is not None and (value := row.cells[at].value) is not None and not row.cells[at].percent:
                own = topic(stems(without_stage(row.label)))
                words = own | about
                if words if stage(row.label) else own and len(words) >= 2:
                    yield _in_table(table, value, words, row.label, said_in(value, table, number, at))
        row_total = total_at([row.label for row in table.rows])
        if row_total is not None and about:
            for column, head in enumerate(table.columns):
                if stage(head) and (value := table.rows[row_total].cells[column].value) is not None:
                    yield _in_table(table, value, about, head, said_in(value, table, row_total, column))


def _column_of_all(table: Table, total: int | None) -> int | None:
    return total if total is not None and not table.groups else 0 if len(table.columns) == 1 else None


def _sums(table: Table, about: frozenset[str]) -> Iterator[Told]:
    """The columns of stages of a table without totals, added up."""
    for column, head in enumerate(table.columns):
        values = [value for value in table.column(column) if value is not None]
        if not stage(head) or not about or len(values) < max(len(table.rows), 2) or _NOT_ADDED.search(head):
            continue
        place = Said(
            value=str(sum(values)), place=table.at(table.rows[0], column), words=f"{head}: {' | '.join(map(str, values))}"
        )
        told = _in_table(table, sum(values, Decimal(0)), about, head, place)
        yield Told(**{**vars(told), "working": f"{' + '.join(map(str, values))} = {sum(values)}"})


def _in_table(table: Table, value: Decimal, words: frozenset[str], label: str, where: Said) -> Told:
    return Told(
        value=value, topic=words, stage=stage(label), noun=next(iter(stems(label)), ""), groups=groups(stems(label)), period=(),
        around=groups(stems(f"{table.place.section} {table.title}")), said=where,
    )  # fmt: skip
