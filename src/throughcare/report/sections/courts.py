"""Reports to the courts: how many, how fast, why not, and what the courts decided."""

from throughcare.report.blocks import by_figure, by_group, shares
from throughcare.report.content import Bar, Chart, Section
from throughcare.report.figures import ONLY, Figures
from throughcare.report.sentences import say

SENTENCES = (
    ("Community or suspended order", "sentence.community_or_suspended"),
    ("Custody", "sentence.custody"),
)


def section(figures: Figures) -> Section:
    blocks = (
        say(figures, "{psr.cases[total|all]} cases came to the attention of the court officers {psr.cases[total|all]:period}. "
            "{psr.received_rate} of them ({psr.received_rate:counts}) received a report. The people's mean age was "
            "{psr.age_mean}; {psr.pleaded_guilty} pleaded guilty to the qualifying offence. {psr.offence_theft} of the cases "
            "were for theft, {psr.offence_violence} for violence and {psr.offence_burglary_robbery} for burglary or robbery."),
        by_figure(figures, "Table 1. Reports to the courts", [
            ("Cases that came to attention", "psr.cases"),
            ("Reports delivered", "psr.delivered"),
            ("Delivered on the day of the plea", "psr.on_the_day"),
            ("Delivered in time", "psr.within_5_days"),
        ], first="Number"),
        say(figures, "{psr.within_5_days_rate} of the reports delivered ({psr.within_5_days_rate:counts}) came in time; the "
            "target is {psr.within_5_days_rate:target}. On average {psr.reports_per_month} reports were delivered a month. The "
            "court officers also carried out {psr.drr_atr_assessments[total]} drug and alcohol assessments."),
        by_group(figures, "Drug and alcohol assessments by court", "Court", [("Assessments", "psr.drr_atr_assessments")]),
        by_figure(figures, "Time from the plea to the report", [
            ("Median, calendar days", "psr.days_median"),
            ("Mean, calendar days", "psr.days_mean"),
            ("Median, working days", "psr.working_days_median"),
        ], first="Days", note="Of the reports delivered. Working days leave out weekends and bank holidays."),
        shares(figures, "Reports in time", "Of which reports", [
            ("Of the reports delivered", "psr.within_5_days_rate", "all"),
            ("Of the reports asked for", "psr.within_5_days_of_requested", "all"),
        ], note="A report asked for and never delivered is in the second only."),
        by_group(figures, "Reports delivered late, by reason", "Reason", [("Reports", "psr.late_reasons")],
                 note="The total has those without a recorded reason too."),
        shares(figures, "Why cases had no report", "Reason", [
            ("Sentenced without a report", "psr.no_report_sentenced_without", ONLY),
            ("Adjourned", "psr.no_report_adjourned", ONLY),
            ("Committed to the Crown Court", "psr.no_report_committed_to_crown", ONLY),
            ("Trial in another court", "psr.no_report_trial_elsewhere", ONLY),
        ], note="Of the cases without a report; other reasons and cases still open make up the rest."),
        Chart(
            slug="sentences", caption="Figure 2. Sentence with and without a report", category="Case", unit="percent",
            says="For each type of sentence two bars: its share of the cases sentenced with a report, and without one.",
            bars=tuple(Bar(category=r.group, series=title, result=r) for title, slug in SENTENCES for r in figures.all_of(slug)),
        ),
        say(figures, "Of the {psr.enhanced_requirement[eligible]} people of 18 to 25 with a report, "
            "{psr.enhanced_requirement[enhanced activity requirement]} were sentenced to an order with the enhanced activity "
            "requirement, {psr.enhanced_requirement[community or suspended order without it]} to an order without it, "
            "{psr.enhanced_requirement[custody]} to custody and {psr.enhanced_requirement[fine]} to a fine."),
    )  # fmt: skip
    return Section(slug="courts", title="Courts", blocks=blocks)
