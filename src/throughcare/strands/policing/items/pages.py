"""Writing an item of a plan, correcting it, withdrawing it: by the hub and by the borough's police."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.clock import instant_on
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import refused
from throughcare.rules.intelligence_items import SECTIONS, Grading, looks_like_a_source
from throughcare.strands.policing import models as m
from throughcare.strands.policing.forms import ItemForm, WithdrawForm
from throughcare.strands.policing.items import actions
from throughcare.strands.policing.plans import queries
from throughcare.strands.policing.plans.pages import PLAN
from throughcare.strands.policing.subjects import item_of, person_of_item, person_of_plan, plan_of, shown_name


def new(request: HttpRequest, plan: int) -> HttpResponse:
    """An item of the plan, for the request that is open."""
    found = plan_of(plan)
    root = found.adds_to or found
    return _written(request, root, None, {"section": request.GET.get("section", "")})


def correct(request: HttpRequest, item: int) -> HttpResponse:
    """A new item in place of one that stands; or the one withdrawn. What was sent before is kept as it was."""
    found = _standing(request, item)
    graded = queries.grading(found)
    initial = {"section": found.section, "text": found.text, "source": graded.source, "assessment": graded.assessment,
               "handling": graded.handling, "shown_to": graded.shown_to, "conditions": found.conditions}  # fmt: skip
    if request.POST.get("do") == "withdraw":
        return _withdrawn(request, found, initial)
    return _written(request, found.plan, found, initial)


def _standing(request: HttpRequest, number: int) -> m.Item:
    """The item, where it stands and the reader may be shown it."""
    found = item_of(number)
    roles = queries.roles_reaching(request.reader, PLAN, request.person)
    if found.ended_at is not None or not queries.for_roles([found], roles):
        raise Http404
    return found


def _written(request: HttpRequest, plan: m.Plan, replaces: m.Item | None, initial: dict[str, Any]) -> HttpResponse:
    reader, posted = request.reader, request.POST if request.method == "POST" else None
    warnings = looks_like_a_source(request.POST.get("text", "")) if posted else ()
    form = ItemForm(posted, initial={name: value for name, value in initial.items() if name != "section" or value in SECTIONS})
    form.fit(corrects=replaces is not None, warned=bool(warnings))
    if posted and form.is_valid():
        try:
            actions.add(by=reader.by, plan=plan, told=_told(form), on=reader.day, at=instant_on(reader.day), replaces=replaces,
                        why=form.cleaned_data.get("why", ""))  # fmt: skip
        except UserError as error:
            refused(form, error, "sure" if warnings and not form.cleaned_data.get("sure") else None)
        else:
            messages.success(request, "The item is in the plan. Until the next sending the police alone see it.")
            return redirect("intelligence-plan", plan=plan.pk)
    return _page(request, plan, replaces, form, warnings=warnings)


def _told(form: ItemForm) -> actions.Told:
    given = form.cleaned_data
    grading = Grading(**{name: given[name] for name in ("source", "assessment", "handling", "shown_to")})
    return actions.Told(section=given["section"], text=given["text"], grading=grading, conditions=given["conditions"],
                        sure=bool(given.get("sure")))  # fmt: skip


def _withdrawn(request: HttpRequest, item: m.Item, initial: dict[str, Any]) -> HttpResponse:
    reader, form = request.reader, WithdrawForm(request.POST)
    if form.is_valid():
        actions.withdraw(by=reader.by, item=item, why=form.cleaned_data["why_gone"], on=reader.day, at=instant_on(reader.day))
        messages.success(request, "The item is withdrawn: it is shown to nobody but in the versions that had it.")
        return redirect("intelligence-plan", plan=item.plan_id)
    shown = ItemForm(initial=initial)
    shown.fit(corrects=True, warned=False)
    return _page(request, item.plan, item, shown, out=form)


def _page(
    request: HttpRequest, plan: m.Plan, replaces: m.Item | None, form: ItemForm, *, warnings: tuple[str, ...] = (),
    out: WithdrawForm | None = None,
) -> HttpResponse:  # fmt: skip
    told = {
        "person": shown_name(request), "plan": plan, "replaces": replaces, "form": form, "warnings": warnings,
        "out": out or WithdrawForm(), "failed": out if out is not None else form,
        "errors": (out if out is not None else form).errors or None,
    }  # fmt: skip
    return render(request, "policing/item.html", told)


PAGES = (
    Page(name="plan-item-new", route="policing/plans/<int:plan>/items/new/", view=new, needs=PLAN, changes=PLAN, form=True,
         person_of=person_of_plan),
    Page(name="plan-item", route="policing/items/<int:item>/", view=correct, needs=PLAN, changes=PLAN, form=True,
         person_of=person_of_item),
)  # fmt: skip
