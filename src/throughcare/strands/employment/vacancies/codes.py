"""The codes of vacancies and applications."""

from collections.abc import Mapping

OPEN, FILLED, CLOSED = "Open", "Filled", "Closed"
CLOSED_WHY: Mapping[str, str] = {
    "withdrawn": "The employer withdrew it", "filled_elsewhere": "The employer filled it with somebody else",
    "not_suitable": "It turned out not to be suitable", "mistake": "It was kept by mistake",
}  # fmt: skip

OFFERED, REFUSED, WITHDRAWN = "offered", "refused", "withdrawn"
SENT, INTERVIEW = "sent", "interview"
STEPS: Mapping[str, str] = {
    SENT: "Sent", INTERVIEW: "Interview", OFFERED: "Offered", REFUSED: "Refused", WITHDRAWN: "Withdrawn",
}  # fmt: skip
NEXT: Mapping[str, tuple[str, ...]] = {
    SENT: (INTERVIEW, OFFERED, REFUSED, WITHDRAWN), INTERVIEW: (OFFERED, REFUSED, WITHDRAWN), OFFERED: (WITHDRAWN,),
    REFUSED: (), WITHDRAWN: (),
}  # fmt: skip
"""The steps that may follow each step of an application."""
REASONS: Mapping[str, Mapping[str, str]] = {
    REFUSED: {
        "other_chosen": "Somebody else was chosen", "experience": "Wanted more experience",
        "interview": "The interview did not go well", "not_come": "Did not come to the interview",
        "convictions": "Because of convictions", "checks": "A check did not pass", "hours": "Hours or travel did not fit",
        "no_reason": "The employer gave no reason",
    },
    WITHDRAWN: {
        "other_job": "Has another job", "not_wanted": "Does not want this job", "hours": "Hours or travel did not fit",
        "conditions": "Conditions stand in the way", "custody": "Is in custody", "mistake": "It was sent by mistake",
    },
}  # fmt: skip
