"""The pages on the way to work: the broker's forms about one person, and the conditions told by who manages them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from throughcare.casework.referrals.models import Referral
from throughcare.core.dates import weekday_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused
from throughcare.strands.employment import models as m
from throughcare.strands.employment.readiness import actions, codes
from throughcare.strands.employment.readiness import forms as f
from throughcare.strands.employment.readiness.queries import limit_words, ready_of
from throughcare.strands.employment.shown import DESK, ROW, form_page, referral_person, typed_time, who, whose, work_of


def person_of_need(need: int) -> int:
    return whose(m.Need, need, by="referral__person")


def person_of_limit(limit: int) -> int:
    return whose(m.WorkLimit, limit, by="referral__person")


def _asked(
    request: HttpRequest, form: forms.Form, then: Callable[[dict[str, Any]], object], *, title: str, button: str, said: str,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """Shows the form until what was typed can be kept, keeps it, and goes back to the person's work record."""
    if request.method == "POST" and form.is_valid() and not changing(request):
        try:
            then(form.cleaned_data)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, said)
            return redirect(work_of(request))
    return form_page(request, form, title, button, **more)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def right(request: HttpRequest, referral: int) -> HttpResponse:
    """Keeps evidence of the right to work; takes back what was kept by mistake."""
    found, reader = Referral.objects.get(pk=referral), request.reader
    if request.POST.get("do") == "take-back":
        held = ready_of([referral])[referral].right
        if held is not None:
            actions.take_back_right(by=reader.by, seen=held)
            messages.success(request, "Taken back: it stays on record as a mistake, and gives no right.")
        return redirect(work_of(request))
    form = f.RightForm(_sent(request), initial={"seen_on": reader.day})
    return _asked(
        request, form, lambda told: actions.see_right(by=reader.by, referral=found, today=reader.day, **told),
        title="Right to work", button="Keep what you have seen",
        said="It is kept. If it was a mistake, choose See it again, and take it back there.",
        other=("take-back", "What was kept last is a mistake: take it back") if ready_of([referral])[referral].right else None,
    )  # fmt: skip


def readiness(request: HttpRequest, referral: int) -> HttpResponse:
    """How ready somebody is; the last word holds."""
    found, reader = Referral.objects.get(pk=referral), request.reader
    held = ready_of([referral])[referral].readiness
    start: dict[str, Any] = {"on": reader.day}
    if held:
        start |= {"state": held.state, "to_do": held.to_do.split()}
    return _asked(
        request, f.ReadinessForm(_sent(request), initial=start),
        lambda told: actions.assess(by=reader.by, referral=found, today=reader.day, **told), title="How ready for work?",
        button="Keep it", said="It is kept. If it was a mistake, say it again: the last word holds.",
    )  # fmt: skip


def looking(request: HttpRequest, referral: int) -> HttpResponse:
    """What work somebody looks for; the last word holds."""
    found, reader = Referral.objects.get(pk=referral), request.reader
    held = ready_of([referral])[referral].looking
    start = {} if held is None else {
        "boroughs": held.boroughs.split("|"), "most_hours": held.most_hours, "free_from": typed_time(held.free_from),
        "free_until": typed_time(held.free_until), "licences": held.licences.split(),
    }  # fmt: skip
    return _asked(
        request, f.LookingForm(_sent(request), initial=start),
        lambda told: actions.look_for(by=reader.by, referral=found, on=reader.day, **told),
        title="What work do they look for?", button="Keep it",
        said="It is kept, and vacancies are matched with it. To change it, say it again.",
    )  # fmt: skip


def need(request: HttpRequest, referral: int) -> HttpResponse:
    """Keeps that something is needed for work."""
    found, reader = Referral.objects.get(pk=referral), request.reader
    return _asked(
        request, f.NeedForm(_sent(request)), lambda told: actions.tell_need(by=reader.by, referral=found, on=reader.day, **told),
        title="What do they need for work?", button="Keep the need", said="It is kept. Say what was arranged once it is.",
    )  # fmt: skip


def arranged(request: HttpRequest, need: int) -> HttpResponse:
    """What was arranged for a need, and who paid; or that it is needed no more."""
    found, reader = m.Need.objects.get(pk=need), request.reader
    if request.POST.get("do") == "drop":
        try:
            actions.drop_need(by=reader.by, need=found, on=reader.day)
        except UserError as error:
            messages.warning(request, f"{error.what}: {error.mend}.")
        else:
            messages.success(request, "It is needed no more, and stands on the list no longer. It can be told anew.")
        return redirect(work_of(request))
    return _asked(
        request, f.ArrangeForm(_sent(request), initial={"on": reader.day}),
        lambda told: actions.arrange(by=reader.by, need=found, today=reader.day, **told),
        title=f"{codes.NEEDS[found.kind]}: what was arranged?", button="Keep what was arranged",
        said="It is kept what was arranged and who paid.", other=("drop", "It is needed no more"),
    )  # fmt: skip


def disclosure(request: HttpRequest, referral: int) -> HttpResponse:
    """What employers may be told; that they agree no more."""
    found, reader = Referral.objects.get(pk=referral), request.reader
    held = ready_of([referral])[referral].agreed
    if request.POST.get("do") == "withdraw":
        return _withdrawn(request, found, held)
    start: dict[str, Any] = {"on": reader.day}
    if held:
        start["told"] = [*([codes.PILOT] if held.pilot else []), *([codes.CONVICTIONS] if held.convictions else [])]
    return _asked(
        request, f.DisclosureForm(_sent(request), initial=start),
        lambda told: actions.agree(
            by=reader.by, referral=found, today=reader.day, how=told["how"], on=told["on"], pilot=codes.PILOT in told["told"],
            convictions=codes.CONVICTIONS in told["told"],
        ),
        title="What may employers be told?", button="Keep what they agreed to",
        said="It is kept. Letters from now on tell what is agreed, and no more.",
        note="Without an agreement a letter names neither the pilot nor convictions. Ask the person; it is theirs to say.",
        other=("withdraw", "They agree no more") if held else None,
    )  # fmt: skip


def _withdrawn(request: HttpRequest, referral: Referral, held: m.Disclosure | None) -> HttpResponse:
    """Shown once more before it is done."""
    if held is not None and not checked(request) and not changing(request):
        rows = [("Who", who(request).shown), ("Agreed on", weekday_in_words(held.agreed_on))]
        then = "No letter from now on tells an employer of the pilot or of convictions. Letters that went are kept as they were."
        return check_answers(request, title="They agree no more", rows=rows, button="Withdraw the agreement", then=then)
    if held is not None and checked(request):
        actions.withdraw(by=request.reader.by, referral=referral, on=request.reader.day)
        messages.success(request, "The agreement is withdrawn. If they agree again, keep it anew.")
    return redirect(work_of(request))


def limit(request: HttpRequest, referral: int) -> HttpResponse:
    """Whoever manages the person tells a condition that bars some work."""
    found, reader = Referral.objects.get(pk=referral), request.reader
    return _asked(
        request, f.LimitForm(_sent(request), initial={"start": reader.day}),
        lambda told: actions.limit(by=reader.by, referral=found, **told), title="A condition that bars some work",
        button="Tell the broker", said="It is kept: the broker is told what stands in the way, not why. You can lift it here.",
    )  # fmt: skip


def lift(request: HttpRequest, limit: int) -> HttpResponse:
    """The condition bars no more."""
    found, reader = m.WorkLimit.objects.get(pk=limit), request.reader
    words = limit_words(found)

    def done(told: dict[str, date]) -> None:
        actions.lift(by=reader.by, condition=found, on=told["on"])

    return _asked(
        request, f.LiftForm(_sent(request), initial={"on": reader.day}), done, title=f"Lift the condition: {words}",
        button="Lift it", said=f"Lifted: {words}. If it holds again, tell it anew.",
    )  # fmt: skip


def _of_desk(name: str, route: str, view: Callable[..., HttpResponse], person_of: Callable[..., int]) -> Page:
    """A form of the broker's about one person."""
    return Page(name=name, route=route, view=view, needs=ROW, changes=ROW, form=True, roles=DESK, person_of=person_of)


MANAGERS = ("offender_manager", "senior_officer")
PAGES = (
    _of_desk("work-right", "referrals/<int:referral>/employment/right/", right, referral_person),
    _of_desk("work-ready", "referrals/<int:referral>/employment/ready/", readiness, referral_person),
    _of_desk("work-looking", "referrals/<int:referral>/employment/looking/", looking, referral_person),
    _of_desk("work-need", "referrals/<int:referral>/employment/need/", need, referral_person),
    _of_desk("work-arranged", "employment/needs/<int:need>/", arranged, person_of_need),
    _of_desk("work-told", "referrals/<int:referral>/employment/disclosure/", disclosure, referral_person),
    Page(name="work-limit", route="referrals/<int:referral>/employment/limit/", view=limit, needs=ROW, changes=ROW, form=True,
         roles=MANAGERS, person_of=referral_person),
    Page(name="work-lift", route="employment/limits/<int:limit>/", view=lift, needs=ROW, changes=ROW, form=True, roles=MANAGERS,
         person_of=person_of_limit),
)  # fmt: skip
