"""From the current offence to its OGRS3 group, by Home Office code (five characters) or by the group's own name.

`offence_groups.csv` is the map of the Ministry's own risk service (ministryofjustice/hmpps-arns-risk-actuarial-api at
52792f4). Its status column: "ok"; "need_exact_offence", three generic codes that stand for offences of several groups;
"no_weight" and "not_in_ogrs3_map", codes for which OGRS3 has no weight.
"""

from functools import cache
from importlib.resources import files

import polars as pl

from throughcare.rules.ogrs3.parameters import OFFENCE_GROUPS, Parameters

NEEDS_EXACT_OFFENCE = len(OFFENCE_GROUPS)
"""The group number that stands for a generic code."""


@cache
def offence_map() -> pl.DataFrame:
    """The codes that OGRS3 knows: offence_code, and its group's number (`NEEDS_EXACT_OFFENCE` for a generic one)."""
    source = files("throughcare.rules.ogrs3").joinpath("offence_groups.csv")
    listed = pl.read_csv(source.read_bytes(), infer_schema=False)
    number = (
        pl.when(pl.col("status") == "need_exact_offence")
        .then(NEEDS_EXACT_OFFENCE)
        .when(pl.col("status") == "ok")
        .then(_number_of_group(pl.col("ogrs3_group")))
    )
    return listed.select("offence_code", group=number.cast(pl.Int8)).drop_nulls()


def group_of_code(code: pl.Expr) -> pl.Expr:
    """The number of the code's group; null for a code that is not in the map or has no weight."""
    known = offence_map()
    return code.replace_strict(known["offence_code"], known["group"], default=None, return_dtype=pl.Int8)


def group_of_name(name: pl.Expr) -> pl.Expr:
    """The number of the group of that name; null for a name that is none of `OFFENCE_GROUPS`."""
    return _number_of_group(name)


def weight_of_group(group: pl.Expr, parameters: Parameters) -> pl.Expr:
    """The offence term; null where the group is unknown or needs the exact offence."""
    weights = pl.Series([*(parameters.offence[name] for name in OFFENCE_GROUPS), None], dtype=pl.Float64)
    return pl.lit(weights).gather(group.cast(pl.UInt32))


def _number_of_group(name: pl.Expr) -> pl.Expr:
    numbers = {each: number for number, each in enumerate(OFFENCE_GROUPS)}
    return name.replace_strict(numbers, default=None, return_dtype=pl.Int8)
