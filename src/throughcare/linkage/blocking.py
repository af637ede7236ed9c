"""Which pairs are looked at at all: those that agree by one of these rules. Comparing everybody with everybody would cost
the square of the records.

A pair that no rule finds is never joined, so there is a rule for each way in which records of one person usually still
agree when the rest is wrong. They follow the published rules, fewer and wider: initials stand for the first letters.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

LETTERS = ("substr(forename, 1, 2)", "substr(surname, 1, 2)")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Pairs that are equal in all these expressions, none of them null. `each`: the list column of which any value may agree."""

    slug: str
    equal: tuple[str, ...]
    each: str = ""

    def as_splink(self, dialect: str) -> dict[str, Any]:
        """The rule as Splink's settings take it."""
        equal = " AND ".join(f"{_of(e, 'l')} = {_of(e, 'r')}" for e in (*self.equal, *([self.each] if self.each else [])))
        told: dict[str, Any] = {"blocking_rule": equal, "sql_dialect": dialect}
        return told | ({"arrays_to_explode": [self.each]} if self.each else {})


def _of(expression: str, side: str) -> str:
    head, found, rest = expression.partition("substr(")
    return f"{head}{found}{side}.{rest}" if found else f"{side}.{expression}"


RULES = (
    Rule(slug="pnc", equal=("pnc",)),
    Rule(slug="cro", equal=("cro",)),
    Rule(slug="crn", equal=("crn",)),
    Rule(slug="prison_number", equal=("prison_number",)),
    Rule(slug="initials_and_birth", equal=("initials", "dob")),
    Rule(slug="surname_and_birth", equal=("surname", "dob")),
    Rule(slug="forename_and_birth", equal=("forename", "dob")),
    Rule(slug="name_and_birth_year", equal=("full_name", "substr(dob, 1, 4)")),
    Rule(slug="name_and_birthday", equal=("full_name", "substr(dob, 6, 5)")),
    Rule(slug="full_name_and_second_name", equal=("full_name", "second_name")),
    Rule(slug="birth_and_postcode", equal=("dob",), each="postcodes"),
    Rule(slug="letters_and_postcode", equal=LETTERS, each="postcodes"),
    Rule(slug="birth_and_sentence", equal=("dob",), each="sentence_dates"),
    Rule(slug="letters_and_sentence", equal=LETTERS, each="sentence_dates"),
)

NAME_ALONE = Rule(slug="name_alone", equal=("full_name",))
"""For lists that may not say when somebody was born. Among all records it would bring every namesake together."""


def rules_for(told: Collection[str], rules: Sequence[Rule] = RULES) -> tuple[Rule, ...]:
    """The rules that can find something in data that tell these columns at all."""
    return tuple(r for r in rules if all(_column(e) in told for e in (*r.equal, *([r.each] if r.each else []))))


def _column(expression: str) -> str:
    return expression.partition("substr(")[2].partition(",")[0] or expression
