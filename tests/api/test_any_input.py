"""Whatever is sent: no failure, a documented answer, a refusal where it is not of the form. By schemathesis, and by hand."""

import json
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings

from tests.api.conftest import token_for
from throughcare.api.docs import openapi
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.transitions import TABLE
from throughcare.config.wsgi import application
from throughcare.web.today import waiting_for

EXAMPLES = 15
SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(openapi())))
SCHEMA.app = application
TOKEN = "tc_a_token_of_the_tests_that_is_known_before_they_run"
SCHEMA.config.update(headers={"Authorization": f"Bearer {TOKEN}", "Accept-Encoding": "identity"})
KNOWN: list[int] = []
KEYS: list[str] = []
"""Numbers that there are, of people and of referrals; keys of what waits. Set by each test."""

STATES = list(TABLE)


@SCHEMA.hook
def map_path_parameters(context, path_parameters):
    """A number of the right form becomes one that there is, or the next one: else nothing but 404 would be answered."""
    number = (path_parameters or {}).get("number")
    if KNOWN and type(number) is int and 1 <= number < 2**53:
        return path_parameters | {"number": KNOWN[number % len(KNOWN)]}
    return path_parameters


@SCHEMA.hook
def map_body(context, body):
    """Words of the right form become such as there are: a state, a reason, the key of something that waits."""
    if not isinstance(body, dict):
        return body
    known = {"to": STATES, "reason": ["", "other", "moved", "duplicate"], "key": KEYS}
    fits = {name: body[name] for name in known if isinstance(body.get(name), str) and "\0" not in body[name] and known[name]}
    small = {name: value for name, value in fits.items() if (name == "reason" or value) and len(value) <= 20}
    return body | {name: known[name][len(value) % len(known[name])] for name, value in small.items()}


@pytest.fixture
def known(world, monkeypatch) -> Iterator[None]:
    """The token is good, and the numbers are those of this world. The connection outlives a request: a transaction is open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    monkeypatch.setattr("throughcare.casework.access.actions.new_token", lambda: TOKEN)
    token_for(world.accounts["offender_manager"], world.posts["offender_manager"])
    referrals = Referral.objects.filter(person=world.people["in"]).order_by("pk").values_list("pk", flat=True)
    KEYS[:] = [task.key for task in waiting_for(world.reader("offender_manager"))]
    KNOWN[:] = [*world.people.values(), *referrals, 987654]
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@SCHEMA.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate))
def test_schemathesis_finds_nothing(case, known):
    case.call_and_validate()
