"""The mental-health practitioners' extracts. Referrals come with the referrals of all services."""

from throughcare.casework.imports.actions import stores
from throughcare.casework.people.columns import CRN, RECORD
from throughcare.core.contracts import Column, Feed
from throughcare.strands.mental_health import models as m

AGENCY, WHO = "health", ("crn",)
STARTED = Column(
    name="started_on", kind="date", meaning="day on which it started", example="2016-09-12", required=True, past=True
)
CONSULTATIONS = (
    RECORD, CRN,
    Column(name="held_on", kind="date", meaning="day of the consultation", example="2016-09-05", required=True, past=True),
    Column(name="with_whom", kind="choice", meaning="with the offender manager or another professional",
           example="offender_manager", choices=m.WITH_WHOM, required=True),
)  # fmt: skip
INTERVENTIONS = (
    RECORD, CRN, Column(name="kind", kind="choice", meaning="kind of direct intervention", example="motivational interviewing",
                        choices=m.INTERVENTIONS, required=True),
    STARTED,
)  # fmt: skip

FEEDS = (
    Feed(slug="mental-health-consultations", agency=AGENCY, title="Consultations with professionals", columns=CONSULTATIONS,
         identifiers=WHO, loads=(stores(m.Consultation),)),
    Feed(slug="mental-health-assessments", agency=AGENCY, title="Mental-health assessments", columns=(RECORD, CRN, STARTED),
         identifiers=WHO, loads=(stores(m.Assessment),)),
    Feed(slug="mental-health-care-plans", agency=AGENCY, title="Care plans", columns=(RECORD, CRN, STARTED),
         identifiers=WHO, loads=(stores(m.CarePlan),)),
    Feed(slug="mental-health-interventions", agency=AGENCY, title="Direct interventions", columns=INTERVENTIONS,
         identifiers=WHO, loads=(stores(m.Intervention),)),
)  # fmt: skip
