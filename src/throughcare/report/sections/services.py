"""Every service from those whom it is for to those who completed it, and why referrals were declined."""

from throughcare.core.pilot import Service
from throughcare.report.blocks import by_group
from throughcare.report.content import Row, Said, Section, Table
from throughcare.report.figures import Figures

STEPS = (
    ("Eligible", "service.eligible"), ("Referred", "service.referred"), ("Accepted", "service.accepted"),
    ("Taking part", "service.accessing"), ("Completed", "service.completed"), ("Did not complete", "service.not_completed"),
)  # fmt: skip


def section(figures: Figures) -> Section:
    table = Table(
        caption="Services, from eligible to completed", first="Service", columns=tuple(heading for heading, _ in STEPS),
        rows=tuple(Row(heading=s.name, cells=_steps(figures, s)) for s in figures.pilot.services),
        note="People, each once a service. Eligible: on the last day of the period. An empty cell: the service has no such "
        "step, or nobody tells it.",
    )  # fmt: skip
    declined = by_group(figures, "Referrals declined, by reason", "Reason", [("Referrals", "referrals.declined")])
    return Section(slug="services", title="Services", blocks=(table, declined))


def _steps(figures: Figures, service: Service) -> tuple[Said | str, ...]:
    found = (figures.find(slug, service.name) for _, slug in STEPS)
    return tuple(Said(result=r) if r else "" for r in found)
