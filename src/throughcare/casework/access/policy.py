"""The access policy: a row per kind of data, a column per role, a cell `view:scope`, `edit:scope` (edit includes view) or empty.

The file beside this one is what the pilot's partners sign; every page and API operation is tested against it.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from throughcare.core.errors import ThroughcareError

FILE = Path(__file__).with_name("policy.csv")
Action = Literal["view", "edit"]
SCOPES = (
    "pilot", "study", "borough", "office", "court", "caseload", "prison", "provider", "referrals", "matched", "health",
    "employment", "requested", "orders", "request", "log", "accounts",
)  # fmt: skip
OF_NO_PERSON = frozenset({"pilot", "study", "log", "accounts"})
"""Scopes that give figures or settings, never a person's record."""

WITH_A_REASON = frozenset({"iom_coordinator", "senior_officer", "offender_manager", "court_officer", "prison_coordinator"})
ROWS_WITH_A_REASON = frozenset({"identity", "supervision", "risks"})
ROWS_OPENED = ROWS_WITH_A_REASON | {"contact"}
"""What a reason opens: of who somebody is, contact is a part."""

PROVIDER_ROLES = frozenset({"provider_admin", "provider_worker", "volunteer"})
ROLES = {
    "pilot_manager": "Pilot manager",
    "analyst": "Analyst",
    "evaluator": "Evaluator",
    "iom_coordinator": "IOM co-ordinator",
    "senior_officer": "Senior or duty officer",
    "court_officer": "Court officer",
    "offender_manager": "Offender manager",
    "prison_coordinator": "Prison co-ordinator",
    "provider_admin": "Provider's administrator",
    "provider_worker": "Provider worker",
    "volunteer": "Volunteer",
    "health_practitioner": "Mental-health practitioner",
    "employment_broker": "Employment broker",
    "police_researcher": "Police researcher",
    "tasking_officer": "Tasking officer",
    "monitoring_officer": "Monitoring officer",
    "data_protection_officer": "Data-protection officer",
    "auditor": "Auditor",
    "system_admin": "System administrator",
}
"""Each role by its stable slug, in the order of the policy's columns."""


class PolicyFault(ThroughcareError):
    """The access policy's file is not what it should be; nobody is let in by it."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What a role may do with a kind of data, and of whom."""

    action: Action
    scope: str

    def allows(self, action: Action) -> bool:
        return action == "view" or self.action == "edit"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """`rows`: by slug, the words of the row. `cells`: by row and role."""

    rows: Mapping[str, str]
    cells: Mapping[tuple[str, str], Cell]

    def cell(self, row: str, role: str) -> Cell | None:
        """None: no access, and no trace of it. A row that the policy does not have is a fault of the program."""
        if row not in self.rows:
            raise PolicyFault(what="the policy has no such row", record=row, expected="a row of policy.csv", mend="add the row")
        return self.cells.get((row, role))


@cache
def policy() -> Policy:
    """The policy of the file, read once; a cell that cannot be read is a `PolicyFault`."""
    with FILE.open(encoding="utf-8", newline="") as file:
        heading, *lines = csv.reader(file)
    if tuple(heading[2:]) != tuple(ROLES):
        raise _fault("the roles are not those of the service", FILE.name, ", ".join(ROLES))
    cells = {
        (line[0], role): _cell(line[0], role, text)
        for line in lines
        for role, text in zip(ROLES, line[2:], strict=True)
        if text.strip()
    }
    return Policy(rows={line[0]: line[1] for line in lines}, cells=cells)


def _cell(row: str, role: str, text: str) -> Cell:
    action, _, scope = text.strip().partition(":")
    if action not in ("view", "edit") or scope not in SCOPES:
        raise _fault(f"{text!r} is not a cell", f"row {row}, role {role}", "view:scope or edit:scope")
    return Cell(action="edit" if action == "edit" else "view", scope=scope)


def _fault(what: str, record: str, expected: str) -> PolicyFault:
    return PolicyFault(what=what, record=record, expected=expected, mend="correct policy.csv")
