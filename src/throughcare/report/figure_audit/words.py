"""English words as evaluation reports use them: stems, and the small classes of words that a figure's meaning hangs on."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TypeVar

WORD = re.compile(r"[A-Za-z][A-Za-z’']*|\d+(?:[.,]\d+)*")
STOP = frozenset(
    """a an the this that these those of to in into on at by for from with within and or but as than then who whom which
    whose what when where while whereas is are was were be been being has have had having do does did not no it its they
    them their there he she his her we our us you your i also both each every all any some more most less least very
    only just so far such other another same per via over under about around total overall currently current recently
    already up out number numbers figure figures year old age ages aged one ones made make making receive received
    receiving result resulting total totals combined altogether will would can could may might since between during
    after before until including include includes included following follow""".split()
)  # fmt: skip
PEOPLE = frozenset(
    """people person individual offender participant client case user patient respondent practitioner member
    adult man woman child nominal prisoner detainee resident learner candidate victim""".split()
)  # fmt: skip
GROUPS = frozenset("young younger older adult male female man men woman women boy girl youth juvenile".split())
SERVICES = frozenset(
    """service pathway provider programme program scheme project team hub function strand offer intervention support
    element aspect initiative course clinic""".split()
)  # fmt: skip
PLANNED = re.compile(
    r"\b(due to|scheduled|planned|plans?\s+(?:to|for|on|\d+)|next (?:year|quarter|month|phase)|expected|will|would|"
    r"projected|targets?|aims?|aimed|goal|proposed|anticipated|"
    r"desired|should|up to|at least|predicted|forecast|estimated|capacity|intended|hope[sd]?)\b", re.I,
)  # fmt: skip
# The stages that a person or thing goes through in a service, in their order: none can hold more than the one before.
STAGES = (
    ("eligible", re.compile(r"\b(eligible|identified)\b", re.I)),
    ("request", re.compile(r"\b(request\w*|ordered)\b", re.I)),
    ("answer", re.compile(r"\b(received|returned|delivered|actioned)\b", re.I)),
    ("refer", re.compile(r"\b(refer(?:red|rals?|s)?)\b", re.I)),
    ("accept", re.compile(r"\b(accept(?:ed|ance|ances|ing)?)\b", re.I)),
    (
        "start",
        re.compile(
            r"\b(start(?:ed|s|ing)?|began|begun|begin(?:s|ning)?|commenc\w+|engag(?:ed|ement|ing)|seen|enrol\w*|join(?:ed|ing)|recruit(?:ed|ing))\b",
            re.I,
        ),
    ),
    ("complete", re.compile(r"\b(complet(?:ed|ing|ion|ions)|finish(?:ed|ing)|graduat(?:ed|ing))\b", re.I)),
)
ORDER = (("eligible", "refer", "accept", "start", "complete"), ("request", "answer"))
IRREGULAR = {
    "began": "begin", "begun": "begin", "seen": "see", "went": "go", "people": "person", "women": "woman", "men": "man",
    "children": "child", "said": "say", "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall", "percent": "%",
}  # fmt: skip


@cache
def stem(word: str) -> str:
    """A word without its ending, enough to tell that two forms of it are one."""
    word = word.lower().replace("’", "'").removesuffix("'s").strip("'")
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return _short(word[: -len(ending)])
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    return _short(word)


def _short(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        return word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


def stems(text: str) -> list[str]:
    """The stems of a text in their order, without the words that only join."""
    return [stem(word) for word in WORD.findall(text) if word.lower() not in STOP]


def written(text: str, wanted: Iterable[str]) -> str:
    """The words of a text whose stems are wanted, as they are written there."""
    found = dict.fromkeys(word for word in WORD.findall(text) if stem(word) in set(wanted))
    return " ".join(found) or " ".join(sorted(wanted))


STEMMED_PEOPLE = frozenset(stem(word) for word in PEOPLE)
STEMMED_GROUPS = frozenset(stem(word) for word in GROUPS)
STEMMED_SERVICES = frozenset(stem(word) for word in SERVICES)


def topic(words: Iterable[str]) -> frozenset[str]:
    """What a text is about: its stems less people, groups of people and the words that only say "service"."""
    return frozenset(words) - STEMMED_PEOPLE - STEMMED_GROUPS - STEMMED_SERVICES


def groups(words: Iterable[str]) -> frozenset[str]:
    """The groups of people that a text names (young, male …)."""
    return frozenset(words) & STEMMED_GROUPS


T = TypeVar("T")


def sharing(items: Sequence[T], words_of: Callable[[T], frozenset[str]]) -> Iterator[tuple[T, T]]:
    """Pairs, in the order of the items, of which one's words are all among the other's; each pair once."""
    having: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        for word in words_of(item):
            having[word].append(number)
    pairs = {
        (min(number, other), max(number, other))
        for number, item in enumerate(items) if words_of(item)
        for other in min((having[word] for word in words_of(item)), key=len)
        if other != number and words_of(item) <= words_of(items[other])
    }  # fmt: skip
    for one, other in sorted(pairs):
        yield items[one], items[other]


def stage(text: str) -> str:
    """The latest stage that a text names, "" for none."""
    return next((name for name, pattern in reversed(STAGES) if pattern.search(text)), "")


def without_stage(text: str) -> str:
    for _, pattern in STAGES:
        text = pattern.sub(" ", text)
    return text
