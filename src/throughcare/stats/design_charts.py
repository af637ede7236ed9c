"""What a study by a design shows over time: seen and expected of a series; treated and compared, and how far they were apart."""

import polars as pl

from throughcare.stats.design_study import DesignResult
from throughcare.stats.drawings import periods_chart, series_chart


def design_charts(result: DesignResult) -> dict[str, str]:
    """The charts by name; none of a comparison with predictions, which has no periods. Their numbers are those of the table."""
    made = {"interrupted": _interrupted, "differences": _differences}.get(result.protocol.design.method)
    return made(result) if made else {}


def _words(result: DesignResult) -> str:
    outcome = result.protocol.outcome[0]
    words = outcome.words or outcome.name
    return words[:1].upper() + words[1:]


def _interrupted(result: DesignResult) -> dict[str, str]:
    table, e = result.table, result.estimate
    says = (f"After it began {e.treated_value:,.1f} on average were seen, where the earlier trend would have led to "
            f"{e.compared_value:,.1f}.")  # fmt: skip
    lines = {"Seen": table["seen"].to_list(), "Expected from the earlier trend": table["expected"].to_list()}
    if "compared" in table.columns:
        lines["Compared series"] = table["compared"].to_list()
    drawn = series_chart(lines, table["period"].to_list(), start=result.began, slug="over-time", says=says,
                         title="Seen, and expected without it", unit=_words(result))  # fmt: skip
    return {"over-time": drawn}


def _differences(result: DesignResult) -> dict[str, str]:
    """Treated and compared by period, with what the change of the compared would have led to; how far apart they were."""
    table, e = result.table, result.estimate
    labels = table["period"].to_list()
    after = pl.Series(labels).is_in(labels[labels.index(result.began):])
    gap = (table["treated"] - table["compared"]).filter(~after).mean()
    expected = [value + gap if late else None for value, late in zip(table["compared"], after, strict=True)]
    says = (f"After it began the treated had {e.treated_value:,.1f} on average, where the change of the others would have led to "
            f"{e.compared_value:,.1f}.")  # fmt: skip
    lines = {
        "Treated": table["treated"].to_list(), "Compared": table["compared"].to_list(),
        "Treated, changed like the compared": expected,
    }  # fmt: skip
    means = series_chart(lines, labels, start=result.began, slug="over-time", title="Treated and compared, by period",
                         unit=_words(result), says=says)  # fmt: skip
    rows = [
        {"label": row["period"], "value": row["difference"] or 0.0, "low": row["low"], "high": row["high"]}
        for row in table.to_dicts()
    ]  # fmt: skip
    (check,) = [finding for finding in result.findings if finding.check == "pre-trends"]
    apart = periods_chart(rows, start=result.began, slug="apart", title="How far the two were apart, by period", says=check.says,
                          unit="Difference against the last period before")  # fmt: skip
    return {"over-time": means, "apart": apart}
