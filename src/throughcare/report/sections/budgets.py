"""Personalised budgets for women."""

from throughcare.report.blocks import by_group
from throughcare.report.content import Section
from throughcare.report.figures import Figures
from throughcare.report.sentences import say


def section(figures: Figures) -> Section:
    blocks = (
        say(figures, "{budget.referred[total]} women were referred for a personalised budget ({budget.referred[total]:period}); "
            "{budget.accepted[total]} referrals were accepted, and {budget.purchases[total]} purchases approved."),
        by_group(figures, "Referrals for a personalised budget by borough", "Borough", [("Referrals", "budget.referred")]),
    )  # fmt: skip
    return Section(slug="budgets", title="Personalised budgets", blocks=blocks)
