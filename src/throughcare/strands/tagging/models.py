"""Every table of the strand."""

from throughcare.strands.tagging.tables.checks import Check, Finding, Review
from throughcare.strands.tagging.tables.crimes import (
    Crime,
    CrimeBatch,
    CrimeResult,
    CrimeVersion,
    Match,
    MatchCharge,
    MatchReview,
    MatchRun,
    RowRefused,
    UnseenTag,
)
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
from throughcare.strands.tagging.tables.positions import DeletedFixes, Deletion, EvidencePack, Look

__all__ = [
    "Absence", "Answer", "Check", "Condition", "Consent", "Crime", "CrimeBatch", "CrimeResult", "CrimeVersion", "DeadSpot",
    "DeletedFixes", "Deletion", "Draft", "EvidencePack", "Finding", "Fitting", "Incident", "IncidentStep", "Line", "Look",
    "Match", "MatchCharge", "MatchReview", "MatchRun", "Note", "Order", "OrderVersion", "Place", "Review", "RowRefused",
    "TagEvent", "UnseenTag",
]  # fmt: skip
