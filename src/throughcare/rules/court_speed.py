"""How long a conviction took, from the offence to the sentence: which arrest, charge and plea are those of a conviction.

Source of the question: the evaluation of North West London's IOM compared people's cases with their own earlier ones (the GtO
interim evaluation, MOPAC 2017: 21 to 6 days from offence to arrest; 39 to 36 from arrest to conviction).
"""

import polars as pl

STEPS = {
    "offence_to_arrest": ("committed_on", "arrested_on"),
    "arrest_to_charge": ("arrested_on", "charged_on"),
    "charge_to_plea": ("charged_on", "plea_on"),
    "plea_to_sentence": ("plea_on", "sentenced_on"),
    "arrest_to_conviction": ("arrested_on", "convicted_on"),
}
"""Each step, with the days at which it begins and ends."""
KEY = ["person", "convicted_on"]


def convictions_in_steps(
    *, convictions: pl.DataFrame, charges: pl.DataFrame, arrests: pl.DataFrame, cases: pl.DataFrame
) -> pl.DataFrame:
    """A row a person and day of conviction: person, convicted_on, and the calendar days of each of `STEPS`; null: not known.

    The offence is the principal one of the day, else the first told; cautions are left out. The charge is the last of that
    offence's code from the offence to the conviction. The arrest is that with the charge's arrest summons number; without
    one, where the day of the offence is known, of the arrests from then to the charge (else the conviction) the first for
    that code, else the first. Plea and sentence are those of the court case whose plea of guilt and sentence the conviction
    lies between. A step that would end before it begins is not known.

    convictions: person, convicted_on, committed_on, offence_code, principal, disposal; charges: person, charged_on, asn,
    offence_code; arrests: person, arrested_on, asn, offence_code; cases: person, clock_on, sentenced_on.
    """
    found = convictions.filter(pl.col("disposal") == "conviction").sort("principal", descending=True, maintain_order=True)
    found = found.unique(KEY, keep="first", maintain_order=True).select(*KEY, "committed_on", "offence_code")
    found = found.join(_charged(found, charges), on=KEY, how="left")
    found = found.join(_arrested(found, arrests), on=KEY, how="left").join(_pleaded(found, cases), on=KEY, how="left")
    return found.select(*KEY, *(_days(*ends).alias(step) for step, ends in STEPS.items())).sort("convicted_on", "person")


def _days(start: str, end: str) -> pl.Expr:
    days = (pl.col(end) - pl.col(start)).dt.total_days()
    return pl.when(days >= 0).then(days)


def _charged(found: pl.DataFrame, charges: pl.DataFrame) -> pl.DataFrame:
    """charged_on, and the charge's arrest summons number ("" where it has none)."""
    after = pl.col("committed_on").is_null() | (pl.col("charged_on") >= pl.col("committed_on"))
    told = found.join(charges, on=["person", "offence_code"]).filter(after, pl.col("charged_on") <= pl.col("convicted_on"))
    last = told.sort("charged_on", descending=True, maintain_order=True).unique(KEY, keep="first", maintain_order=True)
    return last.select(*KEY, "charged_on", asn_of_charge="asn")


def _arrested(found: pl.DataFrame, arrests: pl.DataFrame) -> pl.DataFrame:
    told = found.join(arrests.rename({"offence_code": "code_of_arrest"}), on="person")
    numbered = (pl.col("asn") == pl.col("asn_of_charge")) & (pl.col("asn") != "")
    within = pl.col("arrested_on").is_between(pl.col("committed_on"), pl.coalesce("charged_on", "convicted_on"))
    told = told.with_columns(numbered=numbered.fill_null(value=False), same=pl.col("code_of_arrest") == pl.col("offence_code"))
    told = told.filter(pl.col("arrested_on") <= pl.col("convicted_on"), pl.col("numbered") | within)
    told = told.sort("numbered", "same", "arrested_on", descending=[True, True, False], maintain_order=True)
    return told.unique(KEY, keep="first", maintain_order=True).select(*KEY, "arrested_on")


def _pleaded(found: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    """plea_on and sentenced_on: of a case sentenced, the last conviction in it; of several cases the earliest plea."""
    told = cases.drop_nulls(["clock_on", "sentenced_on"]).with_row_index("case_row").join(found.select(KEY), on="person")
    told = told.filter(pl.col("convicted_on").is_between("clock_on", "sentenced_on"))
    told = told.sort("convicted_on", descending=True, maintain_order=True).unique("case_row", keep="first", maintain_order=True)
    told = told.sort("clock_on", maintain_order=True).unique(KEY, keep="first", maintain_order=True)
    return told.select(*KEY, "sentenced_on", plea_on="clock_on")


def against_earlier(steps: pl.DataFrame, joined: pl.DataFrame) -> pl.DataFrame:
    """Adds, to each row, `<step>_earlier`, the median days of the person's own convictions before they first joined the cohort,
    and `<step>_change`, by how many days this one differs. joined: person, joined_on; who never joined has no earlier ones.
    """
    before = steps.join(joined, on="person").filter(pl.col("convicted_on") < pl.col("joined_on"))
    own = before.group_by("person").agg(pl.col(step).median().alias(f"{step}_earlier") for step in STEPS)
    told = steps.join(own, on="person", how="left", maintain_order="left")
    return told.with_columns((pl.col(step) - pl.col(f"{step}_earlier")).alias(f"{step}_change") for step in STEPS)
