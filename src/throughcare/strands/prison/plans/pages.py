"""The release plan of a person: made, filled in, accepted by both ends, checked off; the sheet that the person takes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from markupsafe import Markup

from throughcare.casework.access.reader import Reader
from throughcare.casework.clock import instant_on
from throughcare.casework.people.names import Named, named
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused
from throughcare.design.paper import FORMS, as_html, as_pdf
from throughcare.rules import release_plan as rule
from throughcare.strands.prison.movements.queries import lately
from throughcare.strands.prison.movements.words import how, where
from throughcare.strands.prison.owed import EVER, held
from throughcare.strands.prison.plans import actions, queries
from throughcare.strands.prison.plans.forms import PlanForm, initial
from throughcare.strands.prison.plans.paper import sheet_of
from throughcare.strands.prison.words import OUTCOME_WORDS

ROW = "release_plan"


def release_plan(request: HttpRequest, person: int) -> HttpResponse:
    """The plan as it stands, what it still needs and from whom; for who may change it, the form and the buttons."""
    reader: Reader = request.reader
    plan = queries.plan_of(request.person, reader.day)
    inside = held([request.person], reader.day).get(request.person)
    over = plan is not None and inside is not None and inside.received_on != plan.stay_start
    if request.method == "POST":
        return _deed(request, None if over else plan)
    return _page(request, None if over else plan)


def _page(request: HttpRequest, plan: Any, form: PlanForm | None = None) -> HttpResponse:
    reader: Reader = request.reader
    inside = held([request.person], reader.day).get(request.person)
    shown: dict[str, Any] = {
        "person": _named(request), "inside": inside, "plan": None, "edits": ROW in request.edits, "errors": None,
        "history": [(where(row), how(row)) for row in lately([request.person], since=EVER, day=reader.day)][:12],
    }  # fmt: skip
    if plan is None:
        return render(request, "prison/plan.html", shown)
    (stands,) = queries.shown([plan], reader.day)
    form = form or _form(request, stands)
    holds = {check.item: check for check in plan.checks.filter(undone=False).order_by("pk")}
    ends = [(end, getattr(plan, f"{end}_post"), _accepted(stands, end)) for end in rule.ENDS]
    latest = rule.last_day_for_first_appointment(stands.release_on) if stands.release_on else None
    shown |= {
        "plan": plan, "stands": stands, "form": form, "errors": form.errors if form.is_bound else None, "latest": latest,
        "ends": [(end, rule.END_WORDS[end], post, yes, post in reader.acting) for end, post, yes in ends],
        "items": [(item, holds.get(item.slug)) for item in current_pilot().prison.items], "outcomes": OUTCOME_WORDS,
        "may_say": bool(plan.first_appointment_on and plan.first_appointment_on <= reader.day),
    }  # fmt: skip
    return render(request, "prison/plan.html", shown)


def _accepted(stands: queries.Shown, end: str) -> bool:
    on = getattr(stands.plan, f"{end}_accepted_for")
    return on is not None and on == stands.release_on


def _form(request: HttpRequest, stands: queries.Shown) -> PlanForm:
    form = PlanForm(request.POST if request.POST.get("do") == "fill" else None, initial=initial(stands.plan))
    form.offer(stands, queries.prison_ends(stands.prison), queries.community_ends(request.person, request.reader.day))
    return form


def _deed(request: HttpRequest, plan: Any) -> HttpResponse:
    reader, do = request.reader, request.POST.get("do", "")
    try:
        if do == "make":
            actions.make(reader=reader, person=request.person, at=instant_on(reader.day))
            messages.success(request, "The plan is begun. Name both ends: each is asked to accept.")
        elif plan is None:
            raise Http404
        elif do == "fill":
            return _fill(request, plan)
        elif do == "accept":
            actions.accept(reader=reader, plan=plan, end=request.POST.get("end", ""), at=instant_on(reader.day))
            messages.success(request, "You have accepted. If the day of release changes, you are asked again.")
        elif do in ("check", "uncheck"):
            item = request.POST.get("item", "")
            actions.check(reader=reader, plan=plan, item=item, at=instant_on(reader.day), done=do == "check")
            messages.success(request, "Checked off." if do == "check" else "No longer checked off. Both are kept.")
        elif do == "came":
            actions.came(reader=reader, plan=plan, outcome=request.POST.get("outcome", ""), at=instant_on(reader.day))
            messages.success(request, "It is kept what came of the first appointment.")
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    return redirect("release-plan", person=request.person)


def _fill(request: HttpRequest, plan: Any) -> HttpResponse:
    """Kept at once; where another post is named at an end, which is told, the answers are shown once more first."""
    (stands,) = queries.shown([plan], request.reader.day)
    form = _form(request, stands)
    if not form.is_valid() or changing(request):
        return _page(request, plan, form)
    details = form.details()
    named_now = [(rule.END_WORDS[end].capitalize(), post.title) for end in rule.ENDS
                 if (post := getattr(details, f"{end}_post")) and post != getattr(plan, f"{end}_post")]  # fmt: skip
    if named_now and not checked(request):
        return check_answers(
            request, title="Check whom you name", rows=named_now, button="Keep the plan",
            then="The plan stands on their Today page until they accept it.",
        )  # fmt: skip
    try:
        actions.fill(reader=request.reader, plan=plan, details=details, at=instant_on(request.reader.day))
    except UserError as error:
        refused(form, error, "first_appointment_on")
        return _page(request, plan, form)
    messages.success(request, "The plan is kept.")
    return redirect("release-plan", person=request.person)


def sheet(request: HttpRequest, person: int, form: str) -> HttpResponse:
    """What the person takes along, on paper: when, who comes, where to go, the first appointment."""
    stands = _stands(request)
    if form not in FORMS:
        raise Http404
    paper = sheet_of(stands, _named(request), request.reader.day)
    if request.GET.get("file") == "pdf":
        answer = HttpResponse(as_pdf(paper, form), content_type="application/pdf")
        answer.headers["Content-Disposition"] = f'attachment; filename="release-{stands.plan.pk}-{form}.pdf"'
        return answer
    shown = {"person": _named(request), "paper": Markup(as_html(paper, form)), "forms": FORMS, "chosen": form,
             "whole": stands.standing.complete}  # fmt: skip
    return render(request, "prison/sheet.html", shown)


def _stands(request: HttpRequest) -> queries.Shown:
    plan = queries.plan_of(request.person, request.reader.day)
    if plan is None:
        raise Http404
    (stands,) = queries.shown([plan], request.reader.day)
    return stands


def _named(request: HttpRequest) -> Named:
    return named([request.person], known=[request.person] if "identity" in request.rows else [])[request.person]



PAGES = (
    Page(name="release-plan", route="people/<int:person>/release-plan/", view=release_plan, needs=ROW, changes=ROW),
    Page(name="release-sheet", route="people/<int:person>/release-plan/<slug:form>/", view=sheet, needs=ROW),
)
