"""What somebody who looks for a person has typed: numbers, days and years of birth, names. Nothing here reads the store."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from throughcare.casework.people.keys import words_of
from throughcare.core.errors import IdentifierError, PlaceholderError, WrongCheckLetterError
from throughcare.core.identifiers import PARSERS

LONGEST, MOST_WORDS = 200, 8
"""Letters and words of names that are looked at; what is beyond is left out, and `understood` says so."""

TITLES = {"crn": "CRN", "pnc": "PNC ID", "cro": "CRO number", "prison_number": "prison number", "asn": "arrest summons number"}
LABELS = re.compile(
    r"\b(?:CRN|PNC(?: ID)?|CRO|ASN|NOMS|DOB|D\.O\.B\.?|BORN(?: ON| IN)?|PRISON NUMBER)(?!\w)[\s:#]*(?=\S{0,3}\s?\S*\d)", re.I
)
"""Words before a number that say what it is. The number says that itself."""

LARGEST = 2**63 - 1
CENTURY_PIVOT = 20
"""A two-digit year of birth from here on is of the 1900s: 20 is 1920 and 19 is 2019. Ours."""

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?"
_SEP, _YEAR, _EDGE, _END = r"\s*[-/. ]\s*", r"(\d{4}|\d{2})", r"(?<![\w/.-])", r"(?![\w/-])"
_DAYS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_EDGE}(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_END}"), "ymd"),
    (re.compile(rf"{_EDGE}(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}{_YEAR}{_END}"), "dmy"),
    (re.compile(rf"{_EDGE}(\d{{1,2}})(?:st|nd|rd|th)?[\s.-]*(?:of\s+)?{_MONTH}[\s.,-]*{_YEAR}{_END}", re.I), "dmy"),
    (re.compile(rf"{_EDGE}{_MONTH}[\s.-]+(\d{{1,2}})(?:st|nd|rd|th)?[\s.,-]+(\d{{4}}){_END}", re.I), "mdy"),
    (re.compile(rf"{_EDGE}(\d{{2}})(\d{{2}})((?:19|20)\d{{2}}){_END}"), "dmy"),
    (re.compile(rf"{_EDGE}((?:19|20)\d{{2}})(\d{{2}})(\d{{2}}){_END}"), "ymd"),
)
_A_YEAR = re.compile(rf"{_EDGE}((?:19|20)\d{{2}}){_END}")


@dataclass(frozen=True, kw_only=True)
class Number:
    """An identifier in canonical form."""

    kind: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Birth:
    """A day (`key` as 19900705; `swapped`, day and month in each other's place, where that is another day) or a year (1990)."""

    key: str
    swapped: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`ids`: Throughcare ids; `names`: words as they are compared; `initials`: letters that stood alone; `remarks`: what could
    not be used, and why.
    """

    numbers: tuple[Number, ...] = ()
    ids: tuple[int, ...] = ()
    births: tuple[Birth, ...] = ()
    names: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def understood(self) -> str:
        """What the words were taken for, in words."""
        told = [f"{TITLES[n.kind]} {n.value}" for n in self.numbers] + [f"Throughcare id {n}" for n in self.ids]
        told += [f"born {_day(b.key)}" if len(b.key) > 4 else f"born in {b.key}" for b in self.births]
        if self.names or self.initials:
            told.append("name " + " ".join([*self.initials, *self.names]))
        return "; ".join([*told, *self.remarks]) or "nothing to look for"


def understand(words: str) -> Asked:
    """Takes what was typed apart. A day is read as in Britain, day first. A number alone is a Throughcare id, and a year too
    where it can be one; a number among names that is neither identifier nor day nor year is left out.
    """
    remarks = [f"only the first {LONGEST} letters were used"] if len(words) > LONGEST else []
    text = " ".join(LABELS.sub(" ", words[:LONGEST]).replace("\0", " ").split())
    whole = re.fullmatch(r"(?:(?:throughcare )?(?:id|person) ?)?#?(\d{1,19})", text, re.I)
    ids = (int(whole[1]),) if whole and int(whole[1]) <= LARGEST else ()
    text, numbers, doubts = _numbers(text)
    text, births = _births(text)
    if whole and not births and not numbers:
        text = ""
    names = list(dict.fromkeys(words_of(re.sub(r"\S*\d\S*", " ", text))))
    initials = dict.fromkeys(letter.upper() for letter in re.findall(r"(?<!\S)([^\W\d_])\.?(?!\S)", text))
    left_out = re.findall(r"\S*\d\S*", text)
    remarks += doubts
    remarks += [f"{word} was left out: no identifier, date or name" for word in left_out if word not in " ".join(doubts)]
    if len(names) > MOST_WORDS:
        remarks.append(f"only the first {MOST_WORDS} names were used")
    return Asked(numbers=tuple(numbers), ids=ids, births=tuple(births), names=tuple(names[:MOST_WORDS]),
                 initials=tuple(initials)[:2], remarks=tuple(remarks))  # fmt: skip


def _numbers(text: str) -> tuple[str, list[Number], list[str]]:
    """Identifiers in the text, also where spaces part them (A 1234 BC); the text without them; doubts about others."""
    words, found, doubts = text.split(" "), [], []
    for size in (3, 2, 1):
        start = 0
        while start + size <= len(words):
            joined = "".join(words[start : start + size]).strip(",;:()[]")
            told = list(_read(joined)) if re.search(r"\d", joined) else []
            numbers = [n for n in told if isinstance(n, Number)]
            if numbers:
                found += numbers
                words[start : start + size] = []
                continue
            if size == 1:
                doubts += [doubt for doubt in told if isinstance(doubt, str)]
            start += 1
    return " ".join(words), list(dict.fromkeys(found)), doubts


def _read(text: str) -> Iterator[Number | str]:
    """The identifiers that a text is, or why it is none although it looks like one."""
    for kind, title in TITLES.items():
        try:
            yield Number(kind=kind, value=PARSERS[kind](text).canonical)
        except WrongCheckLetterError:
            yield f"{text}: the check letter of the {title} is wrong"
        except PlaceholderError:
            yield f"{text}: a {title} that is written where none is known"
        except IdentifierError:
            continue


def _births(text: str) -> tuple[str, list[Birth]]:
    found: list[Birth] = []
    for pattern, order in _DAYS:
        for match in list(pattern.finditer(text)):
            birth = _birth(dict(zip(order, match.groups(), strict=True)))
            if birth:
                found.append(birth)
                text = text.replace(match[0], " ", 1)
    for match in list(_A_YEAR.finditer(text)):
        found.append(Birth(key=match[1]))
        text = text.replace(match[0], " ", 1)
    return text, list(dict.fromkeys(found))


def _birth(told: dict[str, str]) -> Birth | None:
    """The day told in parts; where it is none with the day first but one with the month first, that."""
    month = told["m"].lower()[:3]
    month_number = MONTHS.index(month) + 1 if month in MONTHS else int(told["m"])
    year = int(told["y"])
    if len(told["y"]) == 2:
        year += 1900 if year >= CENTURY_PIVOT else 2000
    days = [_key(year, month_number, int(told["d"])), _key(year, int(told["d"]), month_number)]
    if month in MONTHS:
        days = days[:1]
    days = [day for day in dict.fromkeys(days) if day]
    return Birth(key=days[0], swapped=days[1] if len(days) > 1 else "") if days else None


def _key(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).strftime("%Y%m%d")
    except ValueError:
        return ""


def _day(key: str) -> str:
    born = date(int(key[:4]), int(key[4:6]), int(key[6:]))
    return f"{born.day} {born:%B %Y}"
