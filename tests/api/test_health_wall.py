"""What is clinical is in no answer of the API to any role but health's; and there it is, else this would find nothing."""

import pytest

from tests.api.test_policy import LINES, ask
from tests.web.access.world_health import HEALTH_WORDS
from throughcare.casework.access.policy import ROLES
from throughcare.casework.referrals.models import Referral
from throughcare.casework.today.models import Answer

CLINICAL = HEALTH_WORDS["clinical"]


def said(api, world, role: str) -> str:
    """Everything that the API answers to a role, of the person inside everybody's work."""
    client, person = api(role), world.people["in"]
    referrals = list(Referral.objects.filter(person=person).values_list("pk", flat=True))
    numbers = {"person": [person], "referral": referrals, "-": [0]}
    answers = [ask(client, line, number) for line in LINES if line[1] == "GET" for number in numbers[line[3]]]
    return "\n".join(answer.content.decode() for answer in answers if answer.status_code == 200)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "health_practitioner"])
def test_no_clinical_word_in_any_answer(api, world, role):
    told = said(api, world, role)
    assert [word for word in CLINICAL if word in told] == []


def test_the_words_are_there_for_the_practitioner(api, world):
    told = said(api, world, "health_practitioner")
    found = {word for word in CLINICAL if word in told}
    assert {"PHQ-9", "Assessment started", "An answer is a risk", "not booked again"} <= found


@pytest.mark.parametrize("answer", [{"answer": "elsewhere"}, {"answer": "later", "until": "2016-12-08"}])
def test_a_risk_is_neither_put_off_nor_done_elsewhere(api, world, answer):
    key = f"mental_health.risk:{world.ids['risk:in']}"
    sent = api("health_practitioner").post("/api/v1/today/answers", {"key": key, **answer}, content_type="application/json")
    assert sent.status_code in (400, 409, 422)
    assert not Answer.objects.filter(key=key).exists()
