"""The demonstration's studies and what they are worth: by the same actions as a person's; run where they are ready.

The impact study is not ready, nor is that of members against their scores: nobody's follow-up is over. The court-report study,
promised first by the evaluation, is, and so is that of burglary by borough and month, into whose figures no effect was planted.
"""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

from throughcare.evaluation import actions
from throughcare.evaluation.queries import current
from throughcare.evaluation.readiness import readiness

PROTOCOLS = Path(__file__).parent / "protocols"
REGISTERED = ("impact", "against-the-scores", "court-reports", "borough-burglary")
BY, ANALYST = "evaluator as evaluator", "analyst as analyst"
WORTH = "pilot"


def register_studies(day: date) -> str:
    """Registers each protocol on the day; in words, what became of them."""
    at = datetime.combine(day, time(9, 30), tzinfo=UTC)
    told = []
    for slug in REGISTERED:
        text = (PROTOCOLS / f"{slug}.toml").read_text(encoding="utf-8")
        study = actions.register(by=BY, text=text, slug=slug, at=at)
        actions.freeze(by=BY, study=study, as_at=day, at=at)
        state = readiness(current(study), day)
        if state.ready:
            actions.add_outcomes(by=BY, study=study, as_at=day, at=at)
            actions.run(by=BY, study=study, as_at=day, at=at)
        told.append(f"{slug} {'run' if state.ready else f'not ready, because of {state.because}'}")
    return "; ".join(told)


def keep_worth(day: date) -> str:
    """Keeps the cost-benefit model, with what the studies' runs found; in words, what must be read before it."""
    text = (PROTOCOLS / "value.toml").read_text(encoding="utf-8")
    made = actions.keep_value(by=ANALYST, text=text, slug=WORTH, at=datetime.combine(day, time(9, 45), tzinfo=UTC))
    return json.loads(made.results)["says"][0]
