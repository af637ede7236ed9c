"""Small pilots for studies: people with a history, sentenced on a day; what came after; who had mentoring, and when."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.web.access.world import load
from throughcare.casework.access import actions as access
from throughcare.casework.people.models import Identifier
from throughcare.casework.people.queries import people
from throughcare.core.identifiers import make_pnc

DAY = date(2019, 3, 1)
AT = datetime(2019, 3, 1, 9, tzinfo=UTC)
INDEX = "2016-06-10"
THEFT = "03900"
Store = Callable[[dict[str, dict[str, Any]]], dict[str, int]]


def evaluators() -> Client:
    """A browser in which an evaluator is signed in."""
    post = access.make_post(by="test", slug="evaluator", title="evaluator", role="evaluator")
    account = access.make_account(by="test", username="evaluator", name="evaluator")
    access.hold(by="test", post=post, account=account, start=date(2016, 1, 1))
    browser = Client()
    browser.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return browser


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def feeds_of(people_: dict[str, dict[str, Any]]) -> dict[str, list[dict[str, object]]]:
    """The rows of each feed. Of each may be told: sex, born, borough, thefts (before the index), sentences (imposed, kind,
    released), again (committed, dealt with), custody (start, end), arrests, charges, sent, sessions (days)."""
    files: dict[str, list[dict[str, object]]] = {}

    def add(slug: str, *rows: dict[str, object]) -> None:
        files.setdefault(slug, []).extend(rows)

    for n, (name, told) in enumerate(people_.items()):
        crn, pnc, prison = {"crn": f"X{200000 + n}"}, {"pnc": make_pnc(2001, 2000 + n)}, {"prison_number": f"A{1000 + n}BC"}
        sentences = told.get("sentences", [(INDEX, "community", "")])
        first = date.fromisoformat(sentences[0][0])
        add("nps-people", {**crn, **pnc, **prison, "forenames": name, "surname": f"Planted{n}", "sex": told.get("sex", "M"),
                           "date_of_birth": told.get("born", "1995-06-01"), "ethnicity": "White"})  # fmt: skip
        add("nps-addresses", {**crn, "borough": told.get("borough", "Hackney"), "postcode": "E8 4QN", "start": "2010-01-01"})
        add("nps-supervision", {**crn, "kind": "community", "start": "2015-01-01", "office_borough": "Hackney"})
        theft = {**pnc, "offence_code": THEFT, "principal": "yes", "disposal": "conviction"}
        days = [first - timedelta(days=91 * back) for back in range(told.get("thefts", 12))]
        add("police-convictions", *({**theft, "convicted_on": f"{on}"} for on in days),
            *({**theft, "committed_on": a, "convicted_on": b} for a, b in told.get("again", [])))  # fmt: skip
        add("police-sentences", *({**pnc, "imposed_on": on, "kind": kind, "released_on": out} for on, kind, out in sentences))
        add("prison-spells", *({**prison, "prison": "Pentonville", "kind": "sentenced", "start": s, "end": e}
                               for s, e in told.get("custody", [])))  # fmt: skip
        add("police-arrests", *({**pnc, "arrested_on": on, "offence_code": THEFT} for on in told.get("arrests", [])))
        add("police-charges", *({**pnc, "charged_on": on, "offence_code": THEFT} for on in told.get("charges", [])))
        if sent := told.get("sent"):
            add("provider-referrals", {**crn, "record_id": f"R{n}", "service": "mentoring", "sent_on": sent,
                                       "route": "licence", "accepted_on": sent})  # fmt: skip
            add("provider-sessions", *({"record_id": f"S{n}-{k}", "referral": f"R{n}", "held_on": on, "attended": "yes"}
                                       for k, on in enumerate(told.get("sessions", []))))  # fmt: skip
    for slug, rows in files.items():
        files[slug] = [{"record_id": f"{slug}-{n}", **row} for n, row in enumerate(rows)]
    return {slug: rows for slug, rows in files.items() if rows}


@pytest.fixture
def store(db, tmp_path: Path, settings, home) -> Store:
    """Loads people and gives their numbers by name."""
    settings.DEMONSTRATION = DAY

    def loaded(told: dict[str, dict[str, Any]]) -> dict[str, int]:
        load(tmp_path, feeds_of(told))
        assert people().height >= len(told)
        owner = dict(Identifier.objects.filter(kind="crn").values_list("value", "person_id"))
        return {name: owner[f"X{200000 + n}"] for n, name in enumerate(told)}

    return loaded
