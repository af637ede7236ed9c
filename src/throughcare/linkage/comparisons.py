"""What of two records is compared, and the levels of agreement, strongest first, each with its words.

A level's condition is SQL over the columns of `cleaning`, with `_l` and `_r` for the two records; `{jw}` and `{meet}` stand for
the engine's own functions. How much a level weighs is in the model's parameters, not here. Where the published model has the
level, its words are close to it; levels of ours are marked so in `models/published.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from throughcare.linkage import thresholds as t

FUNCTIONS: Mapping[str, Mapping[str, str]] = {
    "duckdb": {"jw": "jaro_winkler_similarity", "meet": "list_has_any", "size": "len"},
    "spark": {"jw": "likeness", "meet": "arrays_overlap", "size": "size"},
}


@dataclass(frozen=True, kw_only=True)
class Level:
    """One degree of agreement. `rarer`: the column by whose frequency the weight is adjusted, and how far (0 to 1)."""

    slug: str
    words: str
    condition: str
    rarer: str = ""
    by: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One thing compared. `absent`: the condition under which there is nothing to compare, which counts neither way.

    `about`: the columns of which at least one must tell something; where all records are silent, it is left out.
    """

    slug: str
    title: str
    about: tuple[str, ...]
    absent: str
    levels: tuple[Level, ...]

    def level(self, slug: str) -> Level:
        return next(level for level in self.levels if level.slug == slug)


OTHERWISE = "ELSE"


def _either_null(*columns: str) -> str:
    return " OR ".join(f"{column}_{side} IS NULL" for column in columns for side in "lr")


def _both_alike(least: float) -> str:
    return f"{{jw}}(forename_l, forename_r) >= {least} AND {{jw}}(surname_l, surname_r) >= {least}"


NAME = Comparison(
    slug="name", title="Name", about=("forename", "surname"),
    absent="(forename_l IS NULL OR forename_r IS NULL) AND (surname_l IS NULL OR surname_r IS NULL)",
    levels=(
        Level(slug="same", words="forename and surname are the same", condition="full_name_l = full_name_r", rarer="full_name"),
        Level(slug="similar", words="forename and surname are nearly the same, as by a slip of the pen",
              condition=_both_alike(t.SIMILAR_NAME), rarer="full_name", by=0.7),
        Level(slug="swapped", words="forename and surname stand in each other's place",
              condition="{meet}(forenames_l, surnames_r) AND {meet}(surnames_l, forenames_r)"),
        Level(slug="other_name", words="a name that one of them has used is the other's",
              condition="{meet}(forenames_l, forenames_r) AND {meet}(surnames_l, surnames_r) AND {size}(forenames_l) * "
                        f"{{size}}(forenames_r) * {{size}}(surnames_l) * {{size}}(surnames_r) <= {t.FEW_NAMES}"),
        Level(slug="one_of_many_names", words="of many names used, one is the other's",
              condition="{meet}(forenames_l, forenames_r) AND {meet}(surnames_l, surnames_r)"),
        Level(slug="alike", words="forename and surname are somewhat alike",
              condition=_both_alike(t.SOMEWHAT_SIMILAR_NAME)),
        Level(slug="forename", words="only the forename is the same", condition="forename_l = forename_r", rarer="forename"),
        Level(slug="surname", words="only the surname is the same", condition="surname_l = surname_r", rarer="surname"),
        Level(slug="different", words="the names are different", condition=OTHERWISE),
    ),
)  # fmt: skip
SECOND_NAME = Comparison(
    slug="second_name", title="Second forename", about=("second_name",), absent=_either_null("second_name"),
    levels=(
        Level(slug="same", words="the second forename is the same", condition="second_name_l = second_name_r",
              rarer="second_name"),
        Level(slug="similar", words="the second forename is nearly the same",
              condition=f"{{jw}}(second_name_l, second_name_r) >= {t.SIMILAR_SECOND_NAME}"),
        Level(slug="different", words="the second forenames are different", condition=OTHERWISE),
    ),
)  # fmt: skip
BIRTH = Comparison(
    slug="date_of_birth", title="Date of birth", about=("dob",), absent=_either_null("dob"),
    levels=(
        Level(slug="same", words="the date of birth is the same", condition="dob_l = dob_r", rarer="dob"),
        Level(slug="swapped", words="day and month of birth stand in each other's place", condition="dob_swapped_l = dob_r"),
        Level(slug="one_digit", words="the date of birth is one digit off",
              condition="substr(dob_l, 1, 3) = substr(dob_r, 1, 3) AND levenshtein(substr(dob_l, 4), substr(dob_r, 4)) <= 1"),
        Level(slug="near", words="the dates of birth are different, within five years",
              condition=f"abs(dob_days_l - dob_days_r) <= {t.NEAR_BIRTH_DAYS}"),
        Level(slug="different", words="the dates of birth are more than five years apart", condition=OTHERWISE),
    ),
)  # fmt: skip
SEX = Comparison(
    slug="sex", title="Sex", about=("sex",), absent=_either_null("sex"),
    levels=(
        Level(slug="same", words="the sex is the same", condition="sex_l = sex_r"),
        Level(slug="different", words="the sex is different", condition=OTHERWISE),
    ),
)  # fmt: skip
POLICE = Comparison(
    slug="pnc_cro", title="PNC ID and CRO number", about=("pnc", "cro"),
    absent="(pnc_l IS NULL OR pnc_r IS NULL) AND (cro_l IS NULL OR cro_r IS NULL) "
           "AND NOT coalesce(pnc_core_l = cro_core_r OR cro_core_l = pnc_core_r, false)",
    levels=(
        Level(slug="both", words="PNC ID and CRO number are the same", condition="pnc_l = pnc_r AND cro_l = cro_r"),
        Level(slug="pnc", words="the PNC ID is the same", condition="pnc_l = pnc_r"),
        Level(slug="cro", words="the CRO number is the same", condition="cro_l = cro_r"),
        Level(slug="core", words="the PNC ID of one and the CRO number of the other share their six digits",
              condition="pnc_core_l = cro_core_r OR cro_core_l = pnc_core_r"),
        Level(slug="both_differ", words="PNC ID and CRO number are both different",
              condition="pnc_l <> pnc_r AND cro_l <> cro_r"),
        Level(slug="one_differs", words="the PNC ID or the CRO number is different", condition=OTHERWISE),
    ),
)  # fmt: skip


def _number(slug: str, title: str) -> Comparison:
    words = title[0].lower() + title[1:] if title != "CRN" else title
    return Comparison(
        slug=slug, title=title, about=(slug,), absent=_either_null(slug),
        levels=(
            Level(slug="same", words=f"the {words} is the same", condition=f"{slug}_l = {slug}_r"),
            Level(slug="different", words=f"the {words} is different", condition=OTHERWISE),
        ),
    )  # fmt: skip


PRISON_NUMBER, CRN = _number("prison_number", "Prison number"), _number("crn", "CRN")
POSTCODE = Comparison(
    slug="postcode", title="Postcode", about=("postcodes",), absent="{size}(outcodes_l) = 0 OR {size}(outcodes_r) = 0",
    levels=(
        Level(slug="same", words="they have a postcode in common", condition="{meet}(homes_l, homes_r)"),
        Level(slug="same_common", words="they have a postcode in common at which many people are on record",
              condition="{meet}(postcodes_l, postcodes_r)"),
        Level(slug="district", words="they have a postcode district in common", condition="{meet}(outcodes_l, outcodes_r)"),
        Level(slug="different", words="they have no postcode district in common", condition=OTHERWISE),
    ),
)  # fmt: skip


def _dates(slug: str, title: str, kind: str) -> Comparison:
    pairs = f"{{size}}({kind}_dates_l) * {{size}}({kind}_dates_r)"
    shared = f"{{meet}}({kind}_dates_l, {kind}_dates_r)"
    near = " OR ".join(f"abs({kind}_{end}_l - {kind}_{end}_r) <= {t.DATES_NEAR_DAYS}" for end in ("first", "last"))
    return Comparison(
        slug=slug, title=title, about=(f"{kind}_dates",), absent=f"{{size}}({kind}_dates_l) = 0 OR {{size}}({kind}_dates_r) = 0",
        levels=(
            Level(slug="same", words=f"the only {kind} date of each is the same",
                  condition=f"{shared} AND {pairs} <= {t.FEW_DATES}"),
            Level(slug="shared", words=f"they share one of few {kind} dates",
                  condition=f"{shared} AND {pairs} <= {t.SOME_DATES}"),
            Level(slug="shared_of_some", words=f"they share one of some {kind} dates",
                  condition=f"{shared} AND {pairs} <= {t.MANY_DATES}"),
            Level(slug="shared_of_many", words=f"they share one of many {kind} dates", condition=shared),
            Level(slug="near", words=f"the first or last {kind} dates are within two weeks of each other", condition=near),
            Level(slug="different", words=f"they share no {kind} date", condition=OTHERWISE),
        ),
    )  # fmt: skip


COMPARISONS = (
    NAME, SECOND_NAME, BIRTH, SEX, POLICE, PRISON_NUMBER, CRN, POSTCODE,
    _dates("sentence_dates", "Sentence dates", "sentence"), _dates("offence_dates", "Offence dates", "offence"),
)  # fmt: skip
BY_SLUG = {comparison.slug: comparison for comparison in COMPARISONS}
RARITIES = tuple(dict.fromkeys(level.rarer for c in COMPARISONS for level in c.levels if level.rarer))
