"""The places of the service and their money, one woman's account, and the steps of a purchase."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.reach import known_to
from throughcare.core.dates import day_in_words, has_come
from throughcare.core.errors import UserError
from throughcare.core.money import Money
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused
from throughcare.strands.budgets import actions, queries
from throughcare.strands.budgets.codes import OUTCOMES, TAKEN_BACK
from throughcare.strands.budgets.forms import AskForPurchaseForm, DeliverForm, OpenForm, ResultForm, StepForm
from throughcare.strands.budgets.models import Place, Purchase
from throughcare.strands.budgets.tasks import to_approve

ROW = "budget"
NEXT = {
    "asked": ("approved", "cancelled"), "approved": ("ordered", "cancelled"), "ordered": ("delivered", "cancelled"),
    "delivered": ("invoiced",), "invoiced": ("paid",),
}  # fmt: skip
"""The steps that follow each step, the expected one first."""
WORDS = {
    "approved": "Approve", "ordered": "Record the order", "delivered": "Record what came", "invoiced": "Record the invoice",
    "paid": "Record the payment", "cancelled": "Cancel it",
}  # fmt: skip
THEN = {
    "approved": "The money is bound at once. It can be freed again by cancelling, until something is delivered.",
    "cancelled": "The money is free again at once. A cancelled purchase is not taken up again: it is asked for anew.",
}
"""What happens, of the steps that are shown once more before they are taken."""
STEPS: dict[str, Callable[..., Purchase]] = {
    "approved": actions.approve, "ordered": actions.order, "delivered": actions.deliver, "invoiced": actions.invoice,
    "paid": actions.pay, "cancelled": actions.cancel,
}  # fmt: skip


def person_of_place(place: int) -> int:
    """Whose place it is; KeyError where there is none."""
    return _found(Place.objects.select_related("referral"), place).referral.person_id


def person_of_purchase(purchase: int) -> int:
    """For whom it is bought; KeyError where there is no such purchase."""
    return _found(Purchase.objects.select_related("place__referral"), purchase).place.referral.person_id


def person_of_referral(referral: int) -> int:
    """Who is referred to the service; KeyError where it is no referral of it."""
    return _found(Referral.objects.filter(service=queries.SERVICE), referral).person_id


def _found(among: Any, number: int) -> Any:
    found = among.filter(pk=number).first()
    if found is None:
        raise KeyError(number)
    return found


def budgets(request: HttpRequest) -> HttpResponse:
    """The places of those whom the reader may know: what waits first. Who sees the whole pilot sees how many, and nobody."""
    reader: Reader = request.reader
    may_edit = set(reader.people(ROW, "edit").values_list("pk", flat=True)) if reader.may(ROW, "edit") else set()
    taken = queries.taken(reader.day)
    known = known_to(reader).filter(person__in=reader.people(ROW).values("pk"))
    theirs = list(Place.objects.filter(referral__in=known.values("pk")).select_related("referral").order_by("pk"))
    waiting = [each for each in queries.without_a_place() if each.person_id in may_edit]
    approve = to_approve(reader.day).filter(place__referral__person__in=may_edit).select_related("place__referral")
    tell = queries.untold(reader.day).filter(place__referral__person__in=may_edit)
    people = {place.referral.person_id for place in theirs} | {each.person_id for each in waiting}
    running, places = {place.pk for place in taken}, current_pilot().service(queries.SERVICE).places
    money = queries.accounts(theirs, reader.day)
    whole = reader.whole_pilot(ROW)
    shown = {
        "places": places, "taken": len(taken), "whole": whole, "full": places is not None and len(taken) >= places,
        "kinds": queries.by_category(list(Place.objects.order_by("pk")) if whole else theirs, reader.day), "outcomes": OUTCOMES,
        "unapproved": to_approve(reader.day).order_by("asked_on").values_list("asked_on", flat=True).first(),
        "accounts": [
            {"place": place, "account": money[place.pk][0], "outstanding": money[place.pk][1], "open": place.pk in running}
            for place in theirs
        ],
        "waiting": waiting, "approve": list(approve.order_by("asked_on", "pk")), "tell": list(tell),
        "names": named(people, known=reader.allowed("identity", people)),
    }  # fmt: skip
    return render(request, "budgets/budgets.html", shown)


def budget(request: HttpRequest, place: int) -> HttpResponse:
    """One place: what is available, each purchase with its next step, the running balance, and what it did."""
    known = known_to(request.reader).values("pk")
    found = Place.objects.filter(pk=place, referral__in=known).select_related("referral").first()
    if found is None:  # the budget of somebody known to the reader by another referral only
        raise Http404
    purchases = list(found.purchases.order_by("-pk"))
    shown = _whose(request) | {
        "place": found, "account": queries.account(found, request.reader.day), "may_edit": ROW in request.edits,
        "purchases": [(each, queries.step_of(each), NEXT.get(queries.step_of(each), ())) for each in purchases],
        "statement": queries.statement(found, purchases), "words": WORDS, "back": TAKEN_BACK,
        "outcomes": OUTCOMES,
    }  # fmt: skip
    return render(request, "budgets/budget.html", shown)


def open_one(request: HttpRequest, referral: int) -> HttpResponse:
    """Gives a woman whom the service has taken on one of its places."""
    found = Referral.objects.get(pk=referral)
    form = OpenForm(request.POST if request.method == "POST" else None, initial={"on": request.reader.day})
    if request.method == "POST" and form.is_valid():
        try:
            on = has_come(form.cleaned_data["on"], today=request.reader.day)
            place = actions.open_place(by=request.reader.by, referral=found, on=on)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, f"She has a place, with {Money(pence=place.allocation)}.")
            return redirect("budget", place=place.pk)
    return _form(request, form, "Give her a place", "Give the place")


def ask(request: HttpRequest, place: int) -> HttpResponse:
    """Asks for a purchase; a small one may be approved and ordered at once by who asks."""
    found = Place.objects.get(pk=place)
    form = AskForPurchaseForm(request.POST if request.method == "POST" else None)
    form.offer()
    if request.method == "POST" and form.is_valid() and not changing(request):
        told = form.cleaned_data
        at_once = told.pop("now")
        if not checked(request):
            then = "It is ordered today and the money is bound."
            then = then if at_once else "No money is bound until somebody else approves it."
            rows = [("What", told["description"]), ("Kind", told.get("category") or "not asked"), ("From", told["provider"]),
                    ("Price", str(Money(pence=told["pence"])))]  # fmt: skip
            button = "Buy it" if at_once else "Ask for it"
            return check_answers(request, title="Check before you ask", rows=rows, button=button, then=then)
        try:
            verb = actions.buy_today if at_once else actions.ask
            verb(by=request.reader.by, place=found, on=request.reader.day, **told)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "It is bought." if at_once else "It is asked for: a senior officer is told on their Today.")
            return redirect("budget", place=place)
    return _form(request, form, "Ask for a purchase", "Continue", back=found)


def purchase(request: HttpRequest, purchase: int) -> HttpResponse:
    """The next step of a purchase: asked with its day, and shown once more where money is bound or freed."""
    found = Purchase.objects.select_related("place").get(pk=purchase)
    if request.method == "POST" and "undo" in request.POST:
        return _undone(request, found)
    step = request.POST.get("to") or request.GET.get("to") or ""
    if step not in NEXT.get(queries.step_of(found), ()):
        messages.warning(request, "That step was taken already, or is not the next one. This is how the purchase stands now.")
        return redirect("budget", place=found.place_id)
    return _asked_step(request, found, step)


def _undone(request: HttpRequest, found: Purchase) -> HttpResponse:
    """The step that the page named was kept by mistake; where another was taken since, it is said."""
    step = request.POST.get("undo", "")
    try:
        actions.take_back(by=request.reader.by, purchase=found, step=step, on=request.reader.day)
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    else:
        messages.success(request, f"{found.description}: {step} is taken back.")
    return redirect("budget", place=found.place_id)


def _asked_step(request: HttpRequest, found: Purchase, step: str) -> HttpResponse:
    kind = DeliverForm if step == "delivered" else StepForm
    form = kind(request.POST if request.method == "POST" else None, initial={"on": request.reader.day})
    if request.method == "POST" and form.is_valid() and not changing(request):
        told = form.cleaned_data
        if step in THEN and not checked(request):
            rows = [("What", found.description), ("Price", str(Money(pence=found.pence))), ("Asked for by", found.asked_by),
                    ("On", day_in_words(told["on"]))]  # fmt: skip
            return check_answers(request, title="Check before you go on", rows=rows, button=WORDS[step], then=THEN[step])
        try:
            has_come(told["on"], today=request.reader.day)
            STEPS[step](by=request.reader.by, purchase=found, **told)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, f"{found.description}: {step}.")
            return redirect("budget", place=found.place_id)
    title = f"{WORDS[step]}: {found.description}, {Money(pence=found.pence)}"
    return _form(request, form, title, "Continue", back=found.place, to=step)


def result(request: HttpRequest, purchase: int) -> HttpResponse:
    """What a purchase did for the person."""
    found = Purchase.objects.select_related("place").get(pk=purchase)
    form = ResultForm(request.POST if request.method == "POST" else None, initial={
        "words": found.result, "outcome": found.outcome, "category": found.category,
    })  # fmt: skip
    form.offer()
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell_result(by=request.reader.by, purchase=found, on=request.reader.day, **form.cleaned_data)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "What it did is kept.")
            return redirect("budget", place=found.place_id)
    return _form(request, form, f"What it did: {found.description}", "Keep it", back=found.place)


def _whose(request: HttpRequest) -> dict[str, Any]:
    whole = [request.person] if "identity" in request.rows else []
    return {"person": named([request.person], known=whole)[request.person]}


def _form(
    request: HttpRequest, form: forms.Form, title: str, words: str, *, back: Place | None = None, to: str = ""
) -> HttpResponse:
    shown = {"form": form, "page_title": title, "button_words": words, "errors": form.errors or None, "back": back, "to": to}
    return render(request, "budgets/form.html", _whose(request) | shown)


PAGES = (
    Page(name="budgets", route="budgets/", view=budgets, needs=ROW, menu="Budgets", place=45),
    Page(name="budget", route="budgets/<int:place>/", view=budget, needs=ROW, person_of=person_of_place),
    Page(name="budget-open", route="referrals/<int:referral>/budget/", view=open_one, needs=ROW, changes=ROW, form=True,
         person_of=person_of_referral),
    Page(name="budget-ask", route="budgets/<int:place>/ask/", view=ask, needs=ROW, changes=ROW, form=True,
         person_of=person_of_place),
    Page(name="purchase", route="purchases/<int:purchase>/", view=purchase, needs=ROW, changes=ROW, form=True,
         person_of=person_of_purchase),
    Page(name="purchase-result", route="purchases/<int:purchase>/result/", view=result, needs=ROW, changes=ROW, form=True,
         person_of=person_of_purchase),
)  # fmt: skip
