"""Pairs that a score alone never joins, whatever it says: a person is asked, or they stay apart.

Each guard is a condition on the two records, named, with its reason in words. Those that `part` also keep two records out of
one person when both are joined to a third: twins do not become one because somebody mixed up their numbers once.
"""

from dataclasses import dataclass

from throughcare.linkage import thresholds as t


def _any(relation: str, *numbers: str) -> str:
    return "(" + " OR ".join(f"coalesce({n}_l {relation} {n}_r, false)" for n in numbers) + ")"


_NUMBERS = ("pnc", "cro", "crn", "prison_number")
SAME_NUMBER, OTHER_NUMBER = _any("=", *_NUMBERS), _any("<>", *_NUMBERS)
_FORENAMES_MEET = (
    "coalesce({meet}(forenames_l, forenames_r) OR forename_l = second_name_r OR second_name_l = forename_r "
    "OR second_name_l = second_name_r OR {meet}(forenames_l, surnames_r) OR {meet}(surnames_l, forenames_r), false)"
)
_SURNAME_SAME = f"coalesce({{jw}}(surname_l, surname_r) >= {t.SIMILAR_NAME}, false)"
_FORENAME_SIMILAR = f"coalesce({{jw}}(forename_l, forename_r) >= {t.SIMILAR_NAME}, false)"
_A_GENERATION_APART = (
    f"greatest(dob_l, dob_r) > (CAST(substr(least(dob_l, dob_r), 1, 4) AS INT) + {t.GENERATION_YEARS}) "
    "|| substr(least(dob_l, dob_r), 5)"
)


@dataclass(frozen=True, kw_only=True)
class Guard:
    """`condition`: SQL as in `comparisons`. `part`: the two are kept apart even through a third record."""

    slug: str
    words: str
    condition: str
    part: bool


_TWINS = (
    f"{_SURNAME_SAME} AND dob_l = dob_r AND forename_l IS NOT NULL AND forename_r IS NOT NULL AND NOT {_FORENAMES_MEET} "
    f"AND NOT {SAME_NUMBER}"
)
TWINS = Guard(
    slug="twins", part=True,
    words="one surname and date of birth, different forenames and different numbers: they are taken for twins",
    condition=f"{_TWINS} AND {OTHER_NUMBER}",
)  # fmt: skip
PERHAPS_TWINS = Guard(
    slug="perhaps_twins", part=False,
    words="one surname and date of birth, different forenames and no number to compare: they may be twins",
    condition=f"{_TWINS} AND NOT {_FORENAME_SIMILAR}",
)  # fmt: skip
NAMESAKES = Guard(
    slug="namesakes", part=True,
    words=f"one name, births more than {t.GENERATION_YEARS} years apart and no number in common: they may be parent and child",
    condition=f"{_SURNAME_SAME} AND {_FORENAME_SIMILAR} AND {_A_GENERATION_APART} AND NOT {SAME_NUMBER}",
)  # fmt: skip
OTHER_POLICE_NUMBER = Guard(
    slug="other_police_number", part=True,
    words="their PNC IDs or CRO numbers are different and no number is the same: fingerprints have told them apart",
    condition=f"{_any('<>', 'pnc', 'cro')} AND NOT {SAME_NUMBER}",
)  # fmt: skip
OTHER_NUMBER_OF_AGENCY = Guard(
    slug="other_number", part=False,
    words="their CRNs or prison numbers are different and no number is the same: one person may have two, so may two people",
    condition=f"{_any('<>', 'crn', 'prison_number')} AND NOT {SAME_NUMBER}",
)  # fmt: skip
NO_BIRTH = Guard(
    slug="no_birth", part=False,
    words="no date of birth to compare and no number in common: a parent, a child or a stranger can have the name",
    condition=f"(dob_l IS NULL OR dob_r IS NULL) AND NOT {SAME_NUMBER}",
)  # fmt: skip
GUARDS = (TWINS, PERHAPS_TWINS, NAMESAKES, OTHER_POLICE_NUMBER, OTHER_NUMBER_OF_AGENCY, NO_BIRTH)
BY_SLUG = {guard.slug: guard for guard in GUARDS}
PARTING = tuple(guard.slug for guard in GUARDS if guard.part)
GUARDED_BY = ("forename", "second_name", "surname", "forenames", "surnames", "dob", *_NUMBERS)
"""The columns that the conditions read."""
