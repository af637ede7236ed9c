"""What is wrong in a report's prose, with its place and what may have been meant: an unknown name, a number that was typed.

Numbers that are no figures stay: dates and years, ages ("aged 18 to 25", "18 year olds"), "Table 2" and other references,
numbers of headings and lists. Any other belongs to a measure, or stands in `{=5}`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, get_args

from throughcare.core.contracts import Measure
from throughcare.core.errors import ThroughcareError
from throughcare.measures.results import Result
from throughcare.registry.parts import strands
from throughcare.report.content import Block, Comparison, Form
from throughcare.report.figures import Figures
from throughcare.report.markdown import BOX, CALL, CONDITION, NOTE, SHOW, holds, tokens
from throughcare.report.sentences import ONE, TWO, WORDS, figure

Kind = Literal["unknown", "typed", "form", "claim"]
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
REFERENCES = "Table|Figure|Section|Chapter|Footnote|Note|Phase|Wave|Annex|Appendix|Page|Version|Step"
EXCUSED = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:(?:-|–| to | and )\d{{1,2}}(?:st|nd|rd|th)?)? (?:{MONTHS})(?: \d{{4}})?\b"
    rf"|\b(?:{MONTHS}) \d{{4}}\b|\b\d{{4}}-\d\d-\d\d\b|\b(?:19|20)\d\d(?:[-–]\d\d)?\b(?!,?\d)"
    rf"|\b(?i:{REFERENCES})s? \d+(?:\.\d+)*(?:(?:, | and | to |-|–)\d+)*"
    r"|\b[Aa]ged \d+(?:(?:-|–| to | and )\d+)?|\b\d+(?:(?:-|–| to )\d+)?[- ]year[- ]olds?\b"
    r"|\]\([^)\s]*\)|(?m:^[ \t>]*(?:#+[ \t]*\d[\d.]*|\d+[.)])[ \t])"
)
NUMBER = re.compile(r"(?<![\w.])£?\d[\d,]*(?:\.\d+)?%?(?![\w])")
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
UNITS = "one|two|three|four|five|six|seven|eight|nine"
WRITTEN = re.compile(
    rf"\b(?:(?:{TENS})(?:[- ](?:{UNITS}))?|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|(?:one|two|three|four|a) (?:hundred|thousand)|(?:two|three|four|nine)[- ](?:thirds|quarters|fifths|tenths)"
    r"|half of|a (?:third|quarter|fifth|tenth) of)\b", re.IGNORECASE,
)  # fmt: skip
BRACES = re.compile(r"(?<!\\)\{([^{}\n]*)\}")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """unknown: a name that there is not; form: a place that cannot be, or a thing that a report has not; typed: a number;
    claim: a word that a number must bear out (`prose_claims`), which is pointed out and never refused.

    `text` as it stands, in line and column from 1. `near`: what may have been meant, as it would be written.
    """

    kind: Kind
    text: str
    line: int
    column: int
    says: str
    near: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        meant = f"; perhaps {' or '.join(self.near)}" if self.near else ""
        return f"line {self.line}, column {self.column}: {self.text}: {self.says}{meant}"


def faults(
    markdown: str, measures: Iterable[Measure], figures: Figures | None = None, *, shown: Mapping[str, Block] | None = None
) -> tuple[Fault, ...]:
    """All faults, from the first to the last.

    Without `figures` only names of measures are known, neither groups nor values. `shown`: the tables and charts that the text
    may place; None: any. What a condition leaves out is looked at for numbers alone.
    """
    known = {m.slug: m for m in measures}
    lines = markdown.split("\n")
    found = [*_unread(markdown), *_footnotes(markdown)]
    for start, text in units(markdown, lines):
        stays = figures is None or all(holds(figures, name) for name in CONDITION.findall(text))
        places = [place for place in BRACES.finditer(text) if stays or CONDITION.fullmatch(place[0])]
        found += [fault for place in places if (fault := _place(place, text, start, known, figures, shown))]
        found += _typed(text, start, figures)
    return tuple(sorted(found, key=lambda fault: (fault.line, fault.column)))


def units(markdown: str, lines: list[str]) -> Iterator[tuple[int, str]]:
    """Each run of words with the number of its first line: paragraphs, headings, items, footnotes."""
    for token in tokens(markdown):
        if token.type == "inline" and token.map:
            yield token.map[0] + 1, "\n".join(lines[token.map[0] : token.map[1]])
    for note in NOTE.finditer(markdown):
        yield markdown.count("\n", 0, note.start()) + 1, note[0]


def at(text: str, start: int, position: int) -> tuple[int, int]:
    before = text[:position]
    return start + before.count("\n"), position - (before.rfind("\n") + 1) + 1


def _unread(markdown: str) -> Iterator[Fault]:
    """What a report does not have: rules, headings of another order, a list in a list, items of several paragraphs."""
    last, lists = 1, 0
    for token in tokens(markdown):
        line = token.map[0] + 1 if token.map else 1
        lists += token.nesting if token.type.endswith("_list_open") or token.type.endswith("_list_close") else 0
        if token.type.endswith("_list_open") and lists > 1:
            yield Fault(kind="form", text="list", line=line, column=1, says="a list cannot stand in a list")
        elif token.type == "hr":
            yield Fault(kind="form", text=token.markup, line=line, column=1, says="a report has no such line; use a heading")
        elif token.type == "heading_open":
            level = int(token.tag[1:])
            if level > 3 or level > last + 1:
                yield Fault(kind="form", text=token.markup, line=line, column=1,
                            says="headings are ## and, under one of these, ###")  # fmt: skip
            if level == 1 and line > 1:
                yield Fault(kind="form", text="#", line=line, column=1, says="the title stands in the first line alone")
            last = level
    for picture in re.finditer(r"!\[[^\]\n]*\]\(|^[ \t]*(?:```|~~~)", markdown, re.MULTILINE):
        line, column = at(markdown, 1, picture.start())
        yield Fault(kind="form", text=picture[0], line=line, column=column, says="a report has no pictures or code of its own")


def _footnotes(markdown: str) -> Iterator[Fault]:
    told = [note[1] for note in NOTE.finditer(markdown)]
    for call in CALL.finditer(markdown):
        if call[1] not in told:
            line, column = at(markdown, 1, call.start())
            near = tuple(f"[^{name}]" for name in get_close_matches(call[1], told))
            yield Fault(kind="unknown", text=call[0], line=line, column=column, says="there is no such footnote", near=near)


def _place(
    place: re.Match[str], text: str, start: int, known: Mapping[str, Measure], figures: Figures | None,
    shown: Mapping[str, Block] | None,
) -> Fault | None:  # fmt: skip
    line, column = at(text, start, place.start())
    kind, says, near = _wrong(place[0], place[1], known, figures, shown)
    return Fault(kind=kind, text=place[0], line=line, column=column, says=says, near=near) if says else None


def _wrong(
    whole: str, inside: str, known: Mapping[str, Measure], figures: Figures | None, shown: Mapping[str, Block] | None
) -> tuple[Kind, str, tuple[str, ...]]:
    """What is wrong with a place, in words; "" where nothing is."""
    if inside in WORDS:
        return "form", "", ()
    if inside.startswith("="):
        return "form", "" if inside[1:].strip() else "there is nothing in it", ()
    if condition := CONDITION.fullmatch(whole):
        services = {slug for strand in strands() for slug in strand.services}
        names = {*known, *services, *(s.slug for s in (figures.pilot.services if figures else ()))}
        there = condition[1] in names or figures is None
        return "unknown", "" if there else "no such service or measure", _near(condition[1], names, "{{if {}}}")
    if show := SHOW.fullmatch(whole):
        there = shown is None or show[1] in shown
        return "unknown", "" if there else "the chapter has no such table or chart", _near(show[1], shown or (), "{{show {}}}")
    one, two = ONE.fullmatch(inside), TWO.fullmatch(inside)
    if one is None and two is None:
        return "form", "not a place for a figure: {slug}, {slug[group]}, {slug[group]:form} or {slug vs slug:form}", ()
    forms = get_args(Comparison if two else Form)
    form = two[5] if two else one[3] if one else None
    if form is not None and form not in forms:
        return "form", f"the forms are {', '.join(forms)}", tuple(get_close_matches(form, forms))
    told = ((two[1], two[2]), (two[3], two[4])) if two else ((one[1], one[2]),) if one else ()
    for slug, group in told:
        if says := _unknown(slug, group, known, figures):
            return "unknown", *says
    return "form", *_refused(inside, figures)


def _unknown(
    slug: str, group: str | None, known: Mapping[str, Measure], figures: Figures | None
) -> tuple[str, tuple[str, ...]] | None:
    groups = {} if figures is None else {r.group: r for r in figures.results if r.slug == slug and not r.breakdown}
    if slug not in known and not groups:
        return "there is no such figure", _near(slug, known, "{{{}}}")
    if figures is None or (group and group.startswith("@") and figures.runs(group[1:]) and figures.name(group[1:]) in groups):
        return None
    if (group or "all") in groups or (group == "*" and len(groups) == 1):
        return None
    asked = group or "all"
    near = get_close_matches(asked, list(groups), n=3, cutoff=0.3) or list(groups)[:3]
    return f"{slug} has no group {asked}", tuple(f"{{{slug}[{each}]}}" for each in near)


def _refused(inside: str, figures: Figures | None) -> tuple[str, tuple[str, ...]]:
    """What the place itself refuses, such as two figures of different units."""
    if figures is None:
        return "", ()
    try:
        figure(figures, inside)
    except ThroughcareError as error:
        return f"expected {error.expected}", ()
    return "", ()


def _near(name: str, names: Iterable[str], written: str) -> tuple[str, ...]:
    return tuple(written.format(each) for each in get_close_matches(name, sorted(n for n in names if n), n=3, cutoff=0.6))


def _typed(text: str, start: int, figures: Figures | None) -> Iterator[Fault]:
    for begins, ends in typed(text):
        number = text[begins:ends]
        line, column = at(text, start, begins)
        near = _of_value(number, text, figures) if figures else ()
        says = "a number that was typed; name its figure, or write {=" + number + "} where it is none"
        yield Fault(kind="typed", text=number, line=line, column=column, says=says, near=near)


def typed(text: str) -> list[tuple[int, int]]:
    """Where numbers stand in the words, in figures or written out, that are neither in a place nor excused."""
    bare = text
    for covered in (BRACES, CALL, BOX, EXCUSED):
        bare = covered.sub(lambda found: " " * len(found[0]), bare)
    return sorted(number.span() for number in (*NUMBER.finditer(bare), *WRITTEN.finditer(bare)))


def _of_value(number: str, text: str, figures: Figures) -> tuple[str, ...]:
    """Places of figures that show this number, those first whose titles have most words of the text."""
    said = set(re.findall(r"[a-z]{4,}", text.lower()))
    bare = number.strip("£%").replace(",", "")
    found = [(r, form) for r in figures.results if not r.breakdown if (form := _form(r, bare, share="%" in number)) is not None]
    found.sort(key=lambda each: -len(said & set(re.findall(r"[a-z]{4,}", f"{each[0].title} {each[0].group}".lower()))))
    return tuple(_written(r, form) for r, form in found[:3])


def _form(r: Result, number: str, *, share: bool) -> str | None:
    if r.value is None or share != (r.unit == "percent"):
        return None if r.value is None or share else _counts(r, number)
    return "" if str(r.shown) == number else None if share else _counts(r, number)


def _counts(r: Result, number: str) -> str | None:
    return ":numerator" if str(r.numerator) == number else ":denominator" if str(r.denominator) == number else None


def _written(r: Result, form: str) -> str:
    return f"{{{r.slug}{'' if r.group == 'all' else f'[{r.group}]'}{form}}}"
