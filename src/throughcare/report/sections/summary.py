"""What the pilot is, the period, and the figures to read first."""

from throughcare.report.chapters import chapter, named
from throughcare.report.content import Row, Said, Section, Table
from throughcare.report.figures import Figures

# Heading, figure, group (empty: the name of the service), and the service that it is of.
HEADLINES = (
    ("People in the initial cohort", "cohort.size_initial", "all", ""),
    ("Cases that came to the attention of the court officers", "psr.cases", "total|all", "court_reports"),
    ("Reports delivered to the courts", "psr.delivered", "total|all", "court_reports"),
    ("Reports delivered in time", "psr.within_5_days_rate", "all", "court_reports"),
    ("People in custody reached by prison co-ordination", "prison.cases_in_custody", "all", "prison_coordination"),
    ("Referrals to mentoring", "referrals", "", "mentoring"),
    ("Appointments a week after release", "contact.weekly_mean", "all", "intensified_contact"),
    ("People seen fortnightly for the rest of their supervision", "contact.fortnightly_rate", "all", "intensified_contact"),
    ("Referrals to mental health", "health.referred", "total", "mental_health"),
    ("Case consultations in mental health", "health.consultations", "total", "mental_health"),
    ("Referrals to employment", "employment.referred", "total", "employment"),
    ("Intelligence plans received by boroughs", "idp.received", "total", "intelligence_plan"),
    ("Taskings carried out", "taskings", "total", "intelligence_plan"),
)

def section(figures: Figures) -> Section:
    shown = [headline for headline in HEADLINES if _is_shown(figures, headline[1], headline[-1])]
    rows = tuple(
        _row(heading, Said(result=figures.cell(slug, group or figures.name(service)))) for heading, slug, group, service in shown
    )
    caption = "Headline figures, with their targets"
    table = Table(caption=caption, first="Figure", columns=("Value", "Counts", "Target", "State"), rows=rows)
    return chapter("summary", figures, shown=named([table]))


def _is_shown(figures: Figures, slug: str, service: str) -> bool:
    """Of services that the pilot has; contact also needs a window in the pilot file, without which it has no measure."""
    return (not service or figures.runs(service)) and (service != "intensified_contact" or slug in figures.measures)


def _row(heading: str, figure: Said) -> Row:
    r = figure.result
    counted = Said(result=r, form="counts") if r.statistic == "share" else "–"
    aims = (Said(result=r, form="target"), Said(result=r, form="state")) if r.target is not None else ("–", "–")
    return Row(heading=heading, cells=(figure, counted, *aims))
