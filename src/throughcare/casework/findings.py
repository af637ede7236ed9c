"""Rows that do not fit together, as findings with the day of each: what every part's `findings` is made with."""

import polars as pl

from throughcare.core.contracts import Finding, Owner


def finding_of(rows: pl.DataFrame, *, slug: str, title: str, mend: str, owner: Owner, group: str = "all") -> list[Finding]:
    """The finding of these rows in their order: `name`, and `on`, the day of what does not fit. None where there is no row."""
    if rows.is_empty():
        return []
    return [Finding(
        slug=slug, title=title, group=group, records=tuple(rows["name"]), days=tuple(rows["on"]), mend=mend, owner=owner,
    )]  # fmt: skip


def findings_by_place(
    rows: pl.DataFrame, place: str, *, slug: str, title: str, mend: str, owner: Owner, anywhere: bool = False
) -> list[Finding]:
    """One finding a value of the column `place`, by name. Its owner is that of the place, but where `anywhere` all have one."""
    found = []
    for (group,), theirs in sorted(rows.partition_by(place, as_dict=True).items(), key=lambda pair: str(pair[0][0])):
        of_place = owner if anywhere else Owner(role=owner.role, places=(str(group),))
        found += finding_of(theirs.sort("name"), slug=slug, title=title, mend=mend, group=str(group), owner=of_place)
    return found
