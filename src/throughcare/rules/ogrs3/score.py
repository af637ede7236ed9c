"""OGRS3: the probability of proven reoffending within one and within two years, for one person or for millions."""

import polars as pl

from throughcare.rules.ogrs3 import terms
from throughcare.rules.ogrs3.ages import completed_years
from throughcare.rules.ogrs3.inputs import refuse_missing_columns, typed
from throughcare.rules.ogrs3.offences import group_of_code, group_of_name, weight_of_group
from throughcare.rules.ogrs3.parameters import OFFENCE_GROUPS, Parameters, profile_named
from throughcare.rules.ogrs3.refusals import errors, refused
from throughcare.rules.ogrs3.rounding import band, whole_percent

TAKEN = ("sex", "age_at_conviction", "age_at_followup", "age_at_first", "career", "sanctions", "offence_group")
TERMS = ("age_sex", "history", "copas", "offence", "constant_1y", "constant_2y")


def score(frame: pl.DataFrame | pl.LazyFrame, *, profile: str = "published") -> pl.DataFrame:
    """One row for each row of the frame, in its order: id, ogrs3_1y, ogrs3_2y, percent_1y, percent_2y, band, error.

    Columns taken: id, sex (M or F), date_of_birth, conviction_date, followup_date, first_sanction_date or
    age_at_first_sanction, sanctions (the current one included), offence_code or offence_group. Dates may be ISO text
    and numbers may be text. Of a pair, one column may be absent; a row that has both must have them agree.

    The scores are probabilities, not rounded; the percents are whole (see `rounding`), in both profiles. A refused row
    has null for all of them and the reason in `error`, which is empty otherwise (see `refusals`). Refuses, with
    `UserError`, an unknown profile, missing columns, and columns of a type that cannot be read.
    """
    rated = _rated(frame, profile_named(profile))
    probabilities = rated.select("id", ogrs3_1y=_probability("logit_1y"), ogrs3_2y=_probability("logit_2y"))
    percent_2y = whole_percent(probabilities["ogrs3_2y"])
    return probabilities.with_columns(
        percent_1y=whole_percent(probabilities["ogrs3_1y"]),
        percent_2y=percent_2y,
        band=band(percent_2y),
        error=errors(rated),
    )


def contributions(frame: pl.DataFrame | pl.LazyFrame, *, profile: str = "published") -> pl.DataFrame:
    """What each score is made of: id and the terms on the logit scale, null for a row that `score` refuses.

    The logit of a score is the sum of age_sex, history, copas, offence and the constant of its year.
    """
    rated = _rated(frame, profile_named(profile))
    return rated.select("id", *(_unless_refused(pl.col(term)).alias(term) for term in TERMS))


def workings(frame: pl.DataFrame | pl.LazyFrame, *, profile: str = "published") -> pl.DataFrame:
    """id, what the formula takes (`TAKEN`: ages in completed years, the group by its slug), the terms, logit_1y and logit_2y.

    All but the id are null for a row that `score` refuses.
    """
    rated = _rated(frame, profile_named(profile))
    groups = pl.col("group").replace_strict(dict(enumerate(OFFENCE_GROUPS)), default=None, return_dtype=pl.String)
    told = rated.with_columns(offence_group=groups)
    return told.select("id", *(_unless_refused(pl.col(c)).alias(c) for c in (*TAKEN, *TERMS, "logit_1y", "logit_2y")))


def _rated(frame: pl.DataFrame | pl.LazyFrame, parameters: Parameters) -> pl.DataFrame:
    """The terms and logits of every row, with the columns they come from; of no meaning where `refused`."""
    schema = frame.collect_schema()
    refuse_missing_columns(schema.names())
    sum_of_terms = pl.col("age_sex") + pl.col("history") + pl.col("copas") + pl.col("offence")
    return (
        frame.lazy()
        .select(typed(schema))
        .with_columns(_ages_and_groups())
        .with_columns(age_at_first=pl.coalesce("age_on_first_sanction_date", "age_at_first_sanction"))
        .with_columns(
            career=terms.career(pl.col("age_at_conviction"), pl.col("age_at_first")),
            group=pl.when(pl.col("offence_code").is_null()).then("group_of_name").otherwise("group_of_code"),
        )
        .with_columns(_terms(parameters))
        .with_columns(logit_1y=parameters.constant_1y + sum_of_terms, logit_2y=parameters.constant_2y + sum_of_terms)
        .with_columns(refused=refused())
        .collect()
    )


def _ages_and_groups() -> list[pl.Expr]:
    born = pl.col("date_of_birth")
    ages = {
        "age_at_conviction": "conviction_date",
        "age_at_followup": "followup_date",
        "age_on_first_sanction_date": "first_sanction_date",
    }
    return [
        *(completed_years(born, pl.col(on)).alias(age) for age, on in ages.items()),
        group_of_code(pl.col("offence_code")).alias("group_of_code"),
        group_of_name(pl.col("offence_group")).alias("group_of_name"),
    ]


def _terms(parameters: Parameters) -> list[pl.Expr]:
    sanctions = pl.col("sanctions")
    return [
        terms.age_sex(pl.col("sex"), pl.col("age_at_followup"), parameters).alias("age_sex"),
        terms.history(sanctions, parameters).alias("history"),
        terms.copas(sanctions, pl.col("career"), parameters).alias("copas"),
        weight_of_group(pl.col("group"), parameters).alias("offence"),
        pl.lit(parameters.constant_1y).alias("constant_1y"),
        pl.lit(parameters.constant_2y).alias("constant_2y"),
    ]


def _probability(logit: str) -> pl.Expr:
    return _unless_refused(terms.probability(pl.col(logit)))


def _unless_refused(value: pl.Expr) -> pl.Expr:
    return pl.when(~pl.col("refused")).then(value)
