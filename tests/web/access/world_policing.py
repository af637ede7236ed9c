"""Policing in the world of the attacks: of everybody but the outsider a sent plan with an item of each handling, and taskings."""

from datetime import UTC, date, datetime
from typing import Any

from throughcare.casework.audit.actions import recording
from throughcare.rules.intelligence_items import Grading
from throughcare.strands.policing import models as m
from throughcare.strands.policing.items import actions as items
from throughcare.strands.policing.plans.actions import take_step
from throughcare.strands.policing.taskings import actions as taskings
from throughcare.strands.policing.uses.actions import use

POLICE = {"police_researcher", "tasking_officer"}
ASKERS = {"iom_coordinator", "tasking_officer"}
SUPERVISION = {*POLICE, "iom_coordinator", "senior_officer", "offender_manager"}
POLICING = """
policing         plan               -                  nobody
taskings         taskings           -                  nobody
person-suggestions  plan_suggestions  -                person
plan-request     form               plan_exists        person
intelligence-plan  plan             -                  person
plan-step        form               plan_exists        person
plan-version     plan               -                  person
plan-pdf         plan               -                  person
plan-version-pdf  plan              -                  person
plan-item-new    form               plan               person
plan-item        form               plan               person
suggestion-use   form               plan_suggestions   person
tasking-new      form               taskings           person
tasking          taskings           -                  person
tasking-step     form               taskings           person
tasking-use      form               taskings           person
"""
NARROWER_POLICING: dict[tuple[str, str, str], Any] = {
    ("policing", "get", ""): POLICE,  # a data-protection officer has no desk here
    **{("plan-request", method, "in"): ASKERS for method in ("get", "post")},  # the hub answers, and does not ask
    **{("plan-step", method, "in"): {"police_researcher"} for method in ("get", "post")},  # a step of the hub's
}  # fmt: skip
POLICING_OF_NOBODY = {"policing": "/policing/", "taskings": "/policing/taskings/"}
HANDLED = {
    "MARKHUBALONE": {"police_researcher"}, "MARKPOLICEALONE": POLICE, "MARKSUPERVISION": SUPERVISION,
    "MARKWITHDRAWN": POLICE, "MARKNOTSENT": POLICE, "MARKTOLDHUB": POLICE,
}  # fmt: skip
"""Words of items whose handling is narrower than their row of the policy, and of what was said between hub and borough."""
ASKED, SENT = date(2016, 11, 1), date(2016, 11, 10)
# Section | words | handling | whom code C names
ITEMS = (
    ("lifestyle", "MARKINTEL", "P", ""), ("associates", "MARKHUBALONE", "C", "hub"), ("release", "MARKSUGGEST", "P", ""),
    ("sentence", "MARKPOLICEALONE", "C", "police"), ("resettlement", "MARKSUPERVISION", "C", "managers"),
    ("release", "MARKWITHDRAWN", "P", ""),
)  # fmt: skip


def plant_policing(world: Any) -> None:
    """Before anybody is kept from anybody. Nobody has asked for a plan about the outsider."""
    for who, person in world.people.items():
        if who == "out":
            continue
        world.ids[f"asked:{who}"] = m.Plan.objects.get(person=person).pk
        with recording(by="test", verb="test.plan"):
            told = {"borough": "Hackney", "requested_on": ASKED, "kind": "new", "asks": "MARKTOLDHUB", "asked_by": "test"}
            plan = m.Plan(person_id=person, **told)
            plan.save()
        made = {text: _add(plan, section, text, handling, shown_to) for section, text, handling, shown_to in ITEMS}
        for step in ("take", "make", "send"):
            plan = take_step(by="test", plan_id=plan.pk, step=step, who="hub", on=SENT, at=_at(SENT), reference="F/77")
        items.withdraw(by="test", item=made["MARKWITHDRAWN"], why="MARKTOLDHUB", on=SENT, at=_at(date(2016, 11, 11)))
        _add(plan, "release", "MARKNOTSENT", "P", "", on=date(2016, 11, 12))
        use(by="test", used_in="sentence", on=SENT, at=_at(SENT), item=made["MARKSUGGEST"], text="MARKSUGGESTUSED")
        numbers = {"plan": plan.pk, "intel": made["MARKINTEL"].pk, "suggestion": made["MARKSUGGEST"].pk}
        world.ids.update({f"{kind}:{who}": number for kind, number in numbers.items()})
        _taskings(world, who, plan)


def _at(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 9, tzinfo=UTC)


def _add(plan: m.Plan, section: str, text: str, handling: str, shown_to: str, *, on: date = ASKED) -> m.Item:
    grading = Grading(source="2", assessment="B", handling=handling, shown_to=shown_to)
    told = items.Told(section=section, text=text, grading=grading, conditions=f"{text}CONDITION" if shown_to else "")
    return items.add(by="test", plan=plan, told=told, on=on, at=_at(on))


def _taskings(world: Any, who: str, plan: m.Plan) -> None:
    owner = world.posts["tasking_officer"]
    for name in ("tasking", "done"):
        wanted = taskings.Wanted(comes_from="plan", text="MARKTASKING", owner=owner, due_on=date(2016, 12, 31))
        made = taskings.ask(by="test", person_id=plan.person_id, wanted=wanted, on=SENT, at=_at(SENT), plan_id=plan.pk)
        world.ids[f"{name}:{who}"] = made.pk
    answer = taskings.Answer(code="seen", text="MARKTASKRESULT")
    told = {"step": "done", "who": "owner", "on": date(2016, 11, 15), "at": _at(SENT)}
    taskings.take_step(by="test", tasking_id=made.pk, **told, answer=answer)


def of_policing(ids: dict[str, int], person: int, who: str) -> dict[str, str]:
    """By page its address, about that person; of the outsider, of whom there is nothing, a number that is nobody's."""
    plan = f"/policing/plans/{ids.get(f'plan:{who}', 0)}"
    done, tasking = ids.get(f"done:{who}", 0), ids.get(f"tasking:{who}", 0)
    return {
        "person-suggestions": f"/people/{person}/suggestions/", "plan-request": f"/people/{person}/plan/request/",
        "intelligence-plan": f"{plan}/", "plan-step": f"/policing/plans/{ids.get(f'asked:{who}', 0)}/return/",
        "plan-version": f"{plan}/versions/1/", "plan-pdf": f"{plan}/plan.pdf", "plan-version-pdf": f"{plan}/versions/1/plan.pdf",
        "plan-item-new": f"{plan}/items/new/", "plan-item": f"/policing/items/{ids.get(f'intel:{who}', 0)}/",
        "suggestion-use": f"/policing/suggestions/{ids.get(f'suggestion:{who}', 0)}/used/",
        "tasking-new": f"/people/{person}/taskings/new/", "tasking": f"/policing/taskings/{tasking}/",
        "tasking-step": f"/policing/taskings/{tasking}/cancel/", "tasking-use": f"/policing/taskings/{done}/used/",
    }  # fmt: skip


def guesses_of_policing(ids: dict[str, int]) -> list[str]:
    """Addresses that nobody need be told: every plan, version, item, suggestion and step of everybody."""
    found = ["/policing/", *(f"/policing/taskings/?state={state}" for state in ("open", "done", "returned", "cancelled"))]
    for name, number in ids.items():
        kind = name.partition(":")[0]
        if kind in ("plan", "asked"):
            tails = ("", "versions/1/", "items/new/", "take/", "return/", "cancel/", "answer/", "send/")
            found += [f"/policing/plans/{number}/{tail}" for tail in tails]
        if kind in ("tasking", "done"):
            found += [f"/policing/taskings/{number}/{tail}" for tail in ("", "done/", "return/", "cancel/", "used/")]
    for number in range(1, 60):
        found += [f"/policing/items/{number}/", f"/policing/suggestions/{number}/used/"]
    return found
