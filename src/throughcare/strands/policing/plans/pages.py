"""A plan: asked for, its steps, its page with what the reader may be shown of it, its versions, its paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.clock import instant_on
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.environment import count
from throughcare.design.forms import refused
from throughcare.design.paper import as_pdf
from throughcare.rules import intelligence_plan as rule
from throughcare.rules.intelligence_items import SECTIONS
from throughcare.strands.policing import models as m
from throughcare.strands.policing.forms import SANITISED, PlanStepForm, RequestForm
from throughcare.strands.policing.picture.paper import blocks as pictured
from throughcare.strands.policing.picture.queries import summary
from throughcare.strands.policing.plans import actions, queries
from throughcare.strands.policing.plans.paper import paper_of
from throughcare.strands.policing.subjects import person_of_plan, plan_of, reaching, shown_name
from throughcare.strands.policing.taskings.queries import state_of as state_of_tasking

EXISTS, PLAN = "plan_exists", "plan"
STEP_WORDS = {
    "ask": "Asked for", "take": "Research begun", "return": "Returned to the borough", "answer": "Answered by the borough",
    "make": "Made", "send": "Sent to the borough", "refuse": "Refused", "cancel": "Cancelled", "record": "Request recorded",
}  # fmt: skip
RECORD = "record"


def asking_posts(reader: Reader, person: int) -> list[Post]:
    """The reader's posts that ask for their borough: of those, whose borough the person is of."""
    return reaching(reader.held("tasking_officer", "iom_coordinator"), person, reader.day)


def request_plan(request: HttpRequest, person: int) -> HttpResponse:
    """A new plan, or an addition to the existing one, for who is rated as the pilot file says. Shown once more, then sent."""
    reader: Reader = request.reader
    posts = asking_posts(reader, request.person)
    if not posts:
        raise Http404
    existing = queries.plan_to_add_to(request.person)
    since = current_pilot().policing.additions_from
    kinds = rule.kinds_on(reader.day, additions_from=since, has_plan=existing is not None)
    form = RequestForm(request.POST if request.method == "POST" else None)
    form.offer(kinds, has_plan=existing is not None)
    if request.method == "POST" and form.is_valid() and not changing(request):
        told = form.cleaned_data
        if not checked(request):
            rows = [("What", rule.KINDS[told["kind"]]), ("Asked", told["asks"]), ("By", posts[0].title)]
            then = "It waits on the hub's desk with its clock. You can cancel it until the plan is made."
            return check_answers(request, title="Check the request", rows=rows, button="Send it to the research hub", then=then)
        asked = actions.Asked(kind=told["kind"], asks=told["asks"], reference=told.get("reference", ""))
        try:
            plan = actions.request_plan(by=reader.by, person_id=request.person, borough=posts[0].place, on=reader.day,
                                        at=instant_on(reader.day), asked=asked, post=posts[0])  # fmt: skip
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "The research hub has the request. To take it back, cancel it below.")
            return _after(request, plan)
    wanted = current_pilot().service("intelligence_plan").rag
    told = {
        "person": shown_name(request), "form": form, "errors": form.errors or None, "kinds": kinds, "since": since,
        "only_additions": kinds == (rule.ADDITION,), "existing": existing, "wanted": wanted,
        "rating": actions.rating_on(request.person, reader.day),
    }  # fmt: skip
    return render(request, "policing/request.html", told)


def _after(request: HttpRequest, plan: m.Plan) -> HttpResponse:
    """The plan, for who may see it; for a co-ordinator, what the person's record tells of it."""
    if PLAN in request.rows:
        return redirect("intelligence-plan", plan=(plan.adds_to or plan).pk)
    return redirect("person-suggestions", person=plan.person_id)


def sides_of(reader: Reader, plan: m.Plan, edits: frozenset[str]) -> frozenset[str]:
    """Which side's steps the reader may take: the hub's, the asking borough's."""
    found = {rule.HUB} if EXISTS in edits and reader.held("police_researcher") else set()
    places = {post.place for post in reader.held("tasking_officer", "iom_coordinator")}
    return frozenset(found | ({rule.BOROUGH} if EXISTS in edits and plan.borough in places else set()))


def steps_for(reader: Reader, plan: m.Plan, state: rule.State, edits: frozenset[str]) -> list[tuple[str, str]]:
    """The steps out of the plan's state that the reader may take: each with its words."""
    sides = sides_of(reader, plan, edits)
    found = [(move.step, move.words) for move in state.moves if move.who in sides]
    lacks = plan.requested_on is None and rule.BOROUGH in sides
    return [*found, *([(RECORD, "Record the day of the request")] if lacks else [])]


def plan(request: HttpRequest, plan: int) -> HttpResponse:
    """The plan as it stands: requests and their steps, the sections with what this reader may be shown, pictures, versions."""
    reader: Reader = request.reader
    found = plan_of(plan)
    if found.adds_to_id:
        return redirect("intelligence-plan", plan=found.adds_to_id)
    roles = queries.roles_reaching(reader, PLAN, request.person)
    items = queries.for_roles(queries.standing_items(found), roles)
    waits, asked = queries.open_request(found), queries.requests_of(found)
    taken = queries.steps_of(asked)
    versions = list(found.versions.order_by("-number"))
    last = versions[0] if versions else None
    told = {
        **_frame(request, found, items),
        "requests": [
            (each, steps_for(reader, each.plan, each.state, request.edits), taken.get(each.plan.pk, []))
            for each in queries.shown(asked, reader.day)
        ],
        "writes": PLAN in request.edits and waits is not None, "waits": waits, "step_words": STEP_WORDS, "reasons": rule.REASONS,
        "versions": versions, "last": last, "picture": summary(found.person_id, reader),
        "unsent": {item.pk for item in items if last is None or item.added_at > last.sent_at},
        "taskings": [(each, state_of_tasking(each)) for each in taskings_of(found, request)],
        "may_task": "taskings" in request.edits,
    }  # fmt: skip
    return render(request, "policing/plan.html", told)


def taskings_of(plan: m.Plan, request: HttpRequest) -> list[m.Tasking]:
    """The taskings that came from the plan or from its additions, for who may see taskings."""
    if "taskings" not in request.rows:
        return []
    plans = [each.pk for each in queries.requests_of(plan)]
    return list(m.Tasking.objects.filter(plan__in=plans).select_related("owner").order_by("pk"))


def _frame(request: HttpRequest, plan: m.Plan, items: list[m.Item]) -> dict[str, Any]:
    """What stands on the page of a plan and of a version of it: the sections with their items, each with its grading."""
    uses = queries.uses_of(items)
    told = [(item, queries.grading(item), uses.get(item.pk, [])) for item in items]
    return {
        "plan": plan, "person": shown_name(request), "count": len(items), "sanitised": SANITISED, "day": request.reader.day,
        "sections": [(words, slug, [each for each in told if each[0].section == slug]) for slug, words in SECTIONS.items()],
    }  # fmt: skip


def step(request: HttpRequest, plan: int, step: str) -> HttpResponse:
    """One step of a plan. What goes to the other side is shown once more before it goes."""
    reader: Reader = request.reader
    found = plan_of(plan)
    state = queries.state_of(found)
    may = dict(steps_for(reader, found, state, request.edits))
    if step not in may:
        raise Http404
    move = rule.move(state.slug, step)
    form = PlanStepForm(request.POST if request.method == "POST" else None)
    form.ask(move, has_reference=bool(found.reference))
    if request.method == "POST" and form.is_valid() and not changing(request):
        if step == "send" and not checked(request):
            return _check_sending(request, found)
        try:
            _take(reader, found, step, move, form.cleaned_data)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, DONE.get(step, "It is kept."))
            return _after(request, found)
    told = {"person": shown_name(request), "plan": found, "root": found.adds_to or found, "form": form, "words": may[step],
            "errors": form.errors or None, "sees": PLAN in request.rows, "sends": step == "send", "reasons": rule.RETURN_REASONS,
            "back": found.steps.filter(step="return").order_by("-pk").first() if step == "answer" else None}  # fmt: skip
    return render(request, "policing/step.html", told)


DONE = {
    "send": "The plan is with the borough. Who manages the person is told where there is a suggestion for them.",
    "take": "The research has begun.", "make": "It is made. Nobody outside the police sees anything of it until it is sent.",
    "return": "It is with the borough again.", "answer": "The hub has your answer.",
    "refuse": "The request is refused; the borough sees why.", "cancel": "The request is cancelled; the hub sees why.",
}  # fmt: skip


def _take(reader: Reader, plan: m.Plan, step: str, move: rule.Move | None, told: dict[str, Any]) -> None:
    at = instant_on(reader.day)
    if move is None:
        actions.record_request(by=reader.by, plan_id=plan.pk, on=told["on"], at=at)
        return
    actions.take_step(
        by=reader.by, plan_id=plan.pk, step=step, who=move.who, on=reader.day, at=at, reason=told.get("reason", ""),
        text=told.get("text", ""), reference=told.get("reference", ""),
    )  # fmt: skip


def _check_sending(request: HttpRequest, plan: m.Plan) -> HttpResponse:
    """What goes out, by section: the hub sends it, and sees all of it."""
    root = plan.adds_to or plan
    items = queries.for_roles(queries.standing_items(root), queries.roles_reaching(request.reader, PLAN, request.person))
    rows = [(words, count(sum(item.section == slug for item in items), "item")) for slug, words in SECTIONS.items()]
    rows = [("To", f"the police of {plan.borough}"), ("The force's number", plan.reference), *rows]
    return check_answers(
        request, title="Check the plan before it is sent", rows=rows, button="Send it",
        then="The borough's police see it, each item as its handling says. Suggestions are shown to who manages the person, and "
             "to the prison where they are for it. A sent version is kept as it was.",
    )  # fmt: skip


def version(request: HttpRequest, plan: int, number: int) -> HttpResponse:
    """The plan as it was sent, with what this reader may be shown of it."""
    found, sent = _version(plan, number)
    roles = queries.roles_reaching(request.reader, PLAN, request.person)
    items = queries.for_roles(queries.standing_items(found, sent), roles)
    return render(request, "policing/version.html", {**_frame(request, found, items), "version": sent})


def _version(plan: int, number: int) -> tuple[m.Plan, m.Version]:
    found = plan_of(plan)
    sent = found.versions.filter(number=number).select_related("request").first()
    if sent is None:
        raise Http404
    return found, sent


def paper(request: HttpRequest, plan: int, number: int = 0) -> HttpResponse:
    """The plan as a paper, with what this reader may be shown. Who took it is kept.

    As it stands (0) it has the picture of the person; a version is what was sent, and no picture of another day stands in it.
    """
    reader: Reader = request.reader
    found, sent = _version(plan, number) if number else (plan_of(plan), None)
    if found.adds_to_id:
        raise Http404
    items = queries.for_roles(queries.standing_items(found, sent), queries.roles_reaching(reader, PLAN, request.person))
    blocks = () if sent else pictured(found.person_id, reader)
    made = paper_of(found, items, version=sent, who=shown_name(request), reader=reader, pictures=blocks)
    actions.printed(by=reader.by, plan=found, version=number or None, items=len(items))
    answer = HttpResponse(as_pdf(made), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="plan-{found.pk}-{reader.day}.pdf"'
    return answer


ABOUT = {"needs": PLAN, "person_of": person_of_plan}
PAGES = (
    Page(name="plan-request", route="people/<int:person>/plan/request/", view=request_plan, needs=EXISTS, changes=EXISTS,
         form=True),
    Page(name="intelligence-plan", route="policing/plans/<int:plan>/", view=plan, **ABOUT),
    Page(name="plan-step", route="policing/plans/<int:plan>/<slug:step>/", view=step, needs=EXISTS, changes=EXISTS, form=True,
         person_of=person_of_plan),
    Page(name="plan-version", route="policing/plans/<int:plan>/versions/<int:number>/", view=version, **ABOUT),
    Page(name="plan-pdf", route="policing/plans/<int:plan>/plan.pdf", view=paper, **ABOUT),
    Page(name="plan-version-pdf", route="policing/plans/<int:plan>/versions/<int:number>/plan.pdf", view=paper, **ABOUT),
)  # fmt: skip
