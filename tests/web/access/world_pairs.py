"""Records of which somebody is asked whether they are one person, of the world that is attacked."""

import json
from datetime import date
from typing import Any

from throughcare.casework.audit.actions import recording
from throughcare.casework.linking.actions import keep_model, not_sure
from throughcare.casework.linking.models import Comparison, LinkageModel
from throughcare.casework.linking.queries import records
from throughcare.casework.people.models import AgencyRecord
from throughcare.linkage.cleaning import clean
from throughcare.linkage.frequencies import Frequencies, frequencies
from throughcare.linkage.model import Model
from throughcare.linkage.parameters import load as load_model


def ask_who(world: Any, day: date) -> None:
    """Asks whether somebody inside everybody's work is one with somebody kept from them; a decision, of somebody outside."""
    numbers = dict(AgencyRecord.objects.values_list("person_id", "pk"))
    world.ids.update({f"record:{who}": numbers[person] for who, person in world.people.items()})
    ask_whether(world.ids["record:in"], world.ids["record:bar"])
    ask_whether(world.ids["record:out"], world.ids["record:nobody"])
    for name, pair in (("in", ("in", "out")), ("out", ("out", "bar"))):
        people = (world.people[pair[0]], world.people[pair[1]])
        world.ids[f"verdict:{name}"] = not_sure(by="test", people=people, reason="MARKUNSURE", on=day).pk


def _frequencies() -> Frequencies:
    found = records()
    return frequencies(found.select("id").hstack(clean(found)))


def ask_whether(left: int, right: int, *, weight: float = 8.0, **levels: str) -> Comparison:
    """A question about two records, as the linkage would put it: their name and date of birth nearly agree."""
    with recording(by="test", verb="linking.test") as entry:
        model = LinkageModel.objects.first() or keep_model("test", Model(parameters=load_model(), frequencies=_frequencies()))
        told = {"name": "similar", "date_of_birth": "same"} | levels
        pair = Comparison(
            left_id=min(left, right), right_id=max(left, right), weight=weight, joined=False, model=model,
            levels=json.dumps({slug: [level, 6.0] for slug, level in told.items()}),
        )  # fmt: skip
        pair.save()
        entry.details = {}
    return pair
