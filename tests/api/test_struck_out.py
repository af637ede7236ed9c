"""What was struck out of a referral is in no answer to whoever delivers the service."""

import json

import pytest

from throughcare.casework.audit.actions import recording
from throughcare.casework.referrals.models import Withheld

TRACES = {
    "address": "E8 4QN", "risks": "MARKRISK", "supervision": "MARKREQUIREMENT",
    "caseload": "Quillfeather", "custody": "Pentonville",
}  # fmt: skip


def told(client, person) -> set[str]:
    """The rows of which the record and its timeline tell something, by their traces."""
    answers = [client.get(f"/api/v1/people/{person}{tail}") for tail in ("", "/timeline")]
    assert [answer.status_code for answer in answers] == [200, 200]
    text = " ".join(json.dumps(answer.json()) for answer in answers)
    return {row for row, trace in TRACES.items() if trace in text}


@pytest.mark.django_db
def test_the_record_and_the_timeline_leave_it_out(world, api):
    worker, person = api("provider_worker"), world.people["in"]
    assert told(worker, person) >= {"risks", "custody"}
    with recording(by="test", verb="test.strike") as entry:
        for row in TRACES:
            Withheld(referral_id=world.ids["mentoring:in"], row=row, reason="known there", by="test").save()
        entry.details = {}
    assert told(worker, person) == set()
    assert told(api("offender_manager"), person) >= {"risks", "custody"}
