"""Every table of the strand."""

from throughcare.strands.tagging.tables.checks import Check, Finding, Review
from throughcare.strands.tagging.tables.incidents import Incident, IncidentStep
from throughcare.strands.tagging.tables.orders import (
    Absence,
    Answer,
    Condition,
    Consent,
    DeadSpot,
    Draft,
    Fitting,
    Line,
    Note,
    Order,
    OrderVersion,
    Place,
    TagEvent,
)

__all__ = [
    "Absence", "Answer", "Check", "Condition", "Consent", "DeadSpot", "Draft", "Finding", "Fitting", "Incident", "IncidentStep",
    "Line", "Note", "Order", "OrderVersion", "Place", "Review", "TagEvent",
]  # fmt: skip
