"""The desk of the research hub and of a borough's police: what waits, with its clock; what is to be done; what does not fit."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.core.pages import Page
from throughcare.rules import intelligence_plan as rule
from throughcare.rules import taskings as tasking_rule
from throughcare.strands.policing import models as m
from throughcare.strands.policing.plans.queries import Shown, plans_for
from throughcare.strands.policing.taskings.queries import handed_back, known_to, state_of, to_do

LATELY = 60
"""Days for which what was sent, done or ended is on the desk."""
ROLES = ("police_researcher", "tasking_officer")


def desk(request: HttpRequest) -> HttpResponse:
    """Requests by whose turn it is, the oldest first; what was sent lately; taskings, the first due first; what does not fit."""
    reader: Reader = request.reader
    plans = plans_for(reader)
    by_state: dict[str, list[Shown]] = {}
    for each in plans:
        by_state.setdefault(each.state.slug, []).append(each)
    since = reader.day - timedelta(days=LATELY)
    back = [each for each in plans if each.plan.received_on and each.plan.received_on > since]
    lately_ended = set(m.Step.objects.filter(step__in=("refuse", "cancel"), on__gt=since).values_list("plan", flat=True))
    due, returned = list(to_do(reader)), list(handed_back(reader))
    done = known_to(reader).filter(carried_out_on__gt=since, carried_out_on__lte=reader.day, asked_on__isnull=False)
    done_lately = list(done.order_by("-carried_out_on", "-pk"))
    people = {each.plan.person_id for each in plans} | {each.person_id for each in (*due, *returned, *done_lately)}
    queues = (rule.REQUESTED, rule.RETURNED, rule.RESEARCHING, rule.MADE)
    told = {
        "queues": [(rule.TABLE[slug], by_state.get(slug, [])) for slug in queues],
        "back": sorted(back, key=lambda each: (each.plan.received_on, each.plan.pk), reverse=True),
        "ended": [each for slug in rule.ENDED for each in by_state.get(slug, []) if each.plan.pk in lately_ended],
        "due": due, "returned": returned, "done": done_lately, "results": tasking_rule.RESULTS, "origins": tasking_rule.ORIGINS,
        "names": named(people, known=reader.allowed("identity", people)), "mine": set(reader.acting), "day": reader.day,
        "within": current_pilot().policing.return_within, "lately": LATELY,
        "no_request": [each for each in back if each.plan.requested_on is None],
        "no_plan": [each for each in plans if each.late],
    }  # fmt: skip
    return render(request, "policing/desk.html", told)


def taskings(request: HttpRequest) -> HttpResponse:
    """Every tasking that the reader may know of, of one state; the first due first, those done the latest first."""
    reader: Reader = request.reader
    state = request.GET.get("state", tasking_rule.OPEN)
    state = state if state in tasking_rule.SHOWN else tasking_rule.OPEN
    found = list(known_to(reader).order_by("due_on", "pk"))
    counts = dict.fromkeys(tasking_rule.SHOWN, 0)
    for each in found:
        counts[state_of(each)] += 1
    chosen = [each for each in found if state_of(each) == state]
    if state == tasking_rule.DONE:
        chosen.sort(key=lambda each: (each.carried_out_on, each.pk), reverse=True)
    people = {each.person_id for each in chosen}
    told = {
        "rows": chosen[:200], "state": state, "states": tasking_rule.SHOWN, "counts": counts, "results": tasking_rule.RESULTS,
        "origins": tasking_rule.ORIGINS, "names": named(people, known=reader.allowed("identity", people)), "day": reader.day,
        "more": max(0, len(chosen) - 200), "desk": bool(reader.held(*ROLES)),
    }  # fmt: skip
    return render(request, "policing/taskings.html", told)


PAGES = (
    Page(name="policing", route="policing/", view=desk, needs="plan", roles=ROLES, menu="Policing", place=9),
    Page(name="taskings", route="policing/taskings/", view=taskings, needs="taskings", menu="Taskings", place=10),
)
