"""Tagging in the world of the attacks: of everybody but the outsider an order, findings, one of them reviewed, an incident."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from throughcare.casework.audit.actions import recording
from throughcare.strands.tagging import models as m

OFFICER = {"monitoring_officer"}
TAGGING = """
tag-orders       tag_order          -                  nobody
tag-new          form               tag_order          person
tag-draft        form               tag_order          person
tag-condition    form               tag_order          person
tag-questions    form               tag_order          person
tag-keep         form               tag_order          person
tag-order        tag_order          -                  person
tag-vary         form               tag_order          person
tag-close        form               tag_order          person
tag-equipment    form               tag_order          person
person-tag       tag_order          -                  person
dead-spots       tag_positions      tag_positions      nobody
tag-day          tag_positions      tag_positions      person
finding          tag_positions      tag_positions      person
incidents        tag_positions      -                  nobody
incident-handover  tag_positions    tag_positions      nobody
incident         tag_positions      tag_positions      person
"""
NARROWER_TAGGING: dict[tuple[str, str, str], Any] = {
    # Desks of the monitoring centre: whoever else may know of an order has the person's record.
    **{(page, "get", ""): OFFICER for page in ("tag-orders", "incidents", "incident-handover", "dead-spots")},
    **{(page, "post", ""): OFFICER for page in ("incident-handover", "dead-spots")},
}  # fmt: skip
TAGGING_OF_NOBODY = {
    "tag-orders": "/tags/", "dead-spots": "/tags/dead-spots/", "incidents": "/incidents/",
    "incident-handover": "/incidents/handover/",
}  # fmt: skip
TAGGING_FORMS = {
    "finding": {"do": "review"}, "incident": {"do": "take"}, "dead-spots": {"do": "add"}, "tag-equipment": {"do": "note"},
}  # fmt: skip
TAGGING_ROUTES = {"tag-order": "tags/", "tag-draft": "tags/drafts/", "finding": "tags/findings/", "incident": "incidents/"}
TAGGING_WORDS = {
    "tag_order": ("MARKTAGCONDITION", "MARKTAGSTREET", "Order with a tag", "A tag was fitted"),
    "tag_compliance": ("MARKTAGREVIEW", "Breach of the order", "could be judged"),
    "tag_positions": ("MARKINCIDENT", "Findings to be decided of", "Incidents that nobody has"),
}
FIRST, BROKEN_ON = date(2016, 11, 1), date(2016, 12, 5)


def plant_tagging(world: Any, day: date) -> None:
    """Before anybody is kept from anybody."""
    for who, person in world.people.items():
        if who != "out":
            with recording(by="test", verb="test.tag"):
                _plant(world, who, person, day)


def _plant(world: Any, who: str, person: int, day: date) -> None:
    opens, closes = _at(FIRST, 0), _at(FIRST + timedelta(days=360), 0)
    order = m.Order(person_id=person, sentenced_on=date(2016, 10, 1), sentence_kind="community", made_on=FIRST, made_by="test",
                    requirement="location monitoring")  # fmt: skip
    order.save()
    told = {"made_at": opens, "made_on": FIRST, "by": "test"}
    version = m.OrderVersion(order=order, number=1, kind="new", starts_at=opens, until=closes, **told)
    version.save()
    condition = m.Condition(version=version, number=1, kind="curfew", name="MARKTAGCONDITION", starts_at=opens, ends_at=closes)
    condition.save()
    place = m.Place(condition=condition, number=1, address="MARKTAGSTREET", latitude=51.55, longitude=-0.06, own_home=True)
    place.save()
    for weekday in range(7):
        m.Line(condition=condition, place=place, weekday=weekday, start=time(19), end=time(7)).save()
    m.Fitting(order=order, tag=f"TAG-{who}", fitted_at=opens, fitted_by="test").save()
    seen = {"at": _at(day, 8), "until": _at(day, 8), "fixes": 1, "received": 1, "by": "test"}
    m.Check(order=order, day=BROKEN_ON, verdict="broken", **seen).save()
    incident = m.Incident(order=order, harm=2, kind="curfew_out", raised_at=_at(day, 8))
    incident.save()
    m.IncidentStep(incident=incident, step="raised", text="MARKINCIDENT", at=_at(day, 8), by="test").save()
    said = {"order": order, "condition": condition, "day": BROKEN_ON, "tag": f"TAG-{who}", "found_at": _at(day, 8), "fixes": 3}
    reviewed = m.Finding(kind="curfew_late", starts_at=_at(BROKEN_ON, 20), ends_at=_at(BROKEN_ON, 21), **said)
    reviewed.save()
    m.Review(finding=reviewed, decision="court", reason="MARKTAGREVIEW", at=_at(day, 8), on=day, by="test").save()
    waits = m.Finding(kind="curfew_out", starts_at=_at(BROKEN_ON, 22), ends_at=_at(BROKEN_ON, 23), incident=incident, **said)
    waits.save()
    draft = m.Draft(person_id=person, order=order, told=_draft(), begun_on=day, begun_by="test")
    draft.save()
    world.ids.update({f"tag-order:{who}": order.pk, f"finding:{who}": waits.pk, f"incident:{who}": incident.pk,
                      f"tag-draft:{who}": draft.pk})  # fmt: skip


def _draft() -> str:
    terms = {"first": "2016-11-01", "last": "2017-10-01", "conditions": []}
    sentence = {"imposed_on": "2016-10-01", "kind": "community", "requirement": "location monitoring"}
    return json.dumps({"kind": "new", "applies": "2016-12-08", "terms": terms, "sentence": sentence, "answers": {}})


def _at(on: date, hour: int) -> datetime:
    return datetime(on.year, on.month, on.day, hour, tzinfo=UTC)


def of_tagging(ids: dict[str, int], person: int, who: str) -> dict[str, str]:
    """By page its address, about that person; of the outsider, of whom there is nothing, a number that is nobody's."""
    order, draft = f"/tags/{ids.get(f'tag-order:{who}', 0)}/", f"/tags/drafts/{ids.get(f'tag-draft:{who}', 0)}/"
    return {
        "tag-new": f"/people/{person}/tag/new/", "person-tag": f"/people/{person}/tag/", "tag-draft": draft,
        "tag-condition": f"{draft}curfew/0/", "tag-questions": f"{draft}questions/", "tag-keep": f"{draft}keep/",
        "tag-order": order, "tag-vary": f"{order}vary/", "tag-close": f"{order}close/", "tag-equipment": f"{order}equipment/",
        "tag-day": f"{order}days/{BROKEN_ON}/", "finding": f"/tags/findings/{ids.get(f'finding:{who}', 0)}/",
        "incident": f"/incidents/{ids.get(f'incident:{who}', 0)}/",
    }  # fmt: skip


def guesses_of_tagging(ids: dict[str, int]) -> list[str]:
    """Addresses that nobody need be told: every order, day, draft and condition of everybody."""
    found = list(TAGGING_OF_NOBODY.values())
    for name, number in ids.items():
        kind = name.partition(":")[0]
        if kind == "tag-order":
            found += [f"/tags/{number}/{tail}" for tail in ("", "vary/", "close/", "equipment/", f"days/{BROKEN_ON}/")]
        if kind == "tag-draft":
            kinds = ("curfew/0/", "exclusion/0/", "inclusion/0/", "attendance/0/", "questions/", "keep/")
            found += [f"/tags/drafts/{number}/{tail}" for tail in kinds]
    return found
