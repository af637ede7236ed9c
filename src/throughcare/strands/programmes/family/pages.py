"""The pages of work with a family: who agreed, what was done, and that somebody agrees no more."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.names import named
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import state_of
from throughcare.casework.referrals.reach import known_to
from throughcare.core.dates import has_come, weekday_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import ChoiceField, DayField, TextField, refused
from throughcare.strands.programmes.actions import TAKING_PART
from throughcare.strands.programmes.family import actions, codes
from throughcare.strands.programmes.family.queries import may_name, members_of, shown, work_of
from throughcare.strands.programmes.meetings.pages import referral_person
from throughcare.strands.programmes.meetings.queries import DESKS
from throughcare.strands.programmes.models import FamilyMember
from throughcare.strands.programmes.queries import SERVICES

ROW, FACT = "referrals", "sessions"


class ConsentForm(forms.Form):
    """Who agreed, when and how."""

    fact = FACT
    name = TextField(label="First name", help_text="No more of the name is needed", longest=60, asks="Enter the first name")
    relation = ChoiceField(label="Who are they to the person?", choices=codes.RELATIONS, few=False)
    agreed_on = DayField(label="On which day did they agree?")
    how = ChoiceField(label="How did they agree?", choices=codes.HOW)
    telephone = TextField(label="Telephone", required=False, longest=30)
    manager_too = forms.BooleanField(label="They agree that the offender manager knows who they are", required=False)


class WorkForm(forms.Form):
    """What was done, when."""

    fact = FACT
    kind = ChoiceField(label="What did you do?", choices=codes.KINDS, few=False)
    held_on = DayField(label="On which day?")
    line = TextField(label="One line about it", required=False, longest=300,
                     help_text="The offender manager can read it. It is taken out if they withdraw their consent")  # fmt: skip


def person_of(member: int, **_: object) -> int:
    """Whose family it is. KeyError where there is no such family member."""
    found = FamilyMember.objects.filter(pk=member).select_related("referral").first()
    if found is None:
        raise KeyError(member)
    return found.referral.person_id


def _known(request: HttpRequest, referral: int) -> tuple[Referral, bool]:
    """The referral, and whether the reader's desk works on it now."""
    reader: Reader = request.reader
    found = known_to(reader).filter(pk=referral, service__in=SERVICES).first()
    if found is None:
        raise Http404
    return found, bool(reader.held(*DESKS)) and ROW in request.edits and state_of(found.pk) in TAKING_PART


def family(request: HttpRequest, referral: int) -> HttpResponse:
    """Who of the family is worked with, under which consent; what was done."""
    found, mine = _known(request, referral)
    told = [(member, shown(member, named=may_name(request.reader, member)), [w for w in work_of(member) if not w.taken_back])
            for member in members_of(found.pk)]  # fmt: skip
    return render(request, "programmes/family.html", _whose(request) | {"referral": found, "members": told, "mine": mine})


def new(request: HttpRequest, referral: int) -> HttpResponse:
    """Keeps that a family member agreed."""
    found, mine = _known(request, referral)
    if not mine:
        raise Http404
    form = ConsentForm(request.POST if request.method == "POST" else None, initial={"agreed_on": request.reader.day})
    if request.method == "POST" and form.is_valid():
        try:
            member = actions.agree(by=request.reader.by, referral=found, on=request.reader.day, **form.cleaned_data)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "Their consent is kept. If they withdraw it, say so on this page.")
            return redirect("family-member", member=member.pk)
    shown = {"form": form, "page_title": "A family member agrees", "button_words": "Keep it", "errors": form.errors or None}
    return render(request, "people/form.html", _whose(request) | shown)


def member(request: HttpRequest, member: int) -> HttpResponse:
    """One family member: their consent, what was done, and keeping more of it."""
    found = FamilyMember.objects.select_related("referral").get(pk=member)
    _, mine = _known(request, found.referral_id)
    if request.method == "POST" and not mine:
        raise Http404
    do = request.POST.get("do", "")
    form = WorkForm(request.POST if request.method == "POST" and not do else None, initial={"held_on": request.reader.day})
    try:
        if request.method == "POST" and (answer := _done(request, found, do, form)):
            return answer
    except UserError as error:
        if not do:
            refused(form, error)
        else:
            messages.warning(request, f"{error.what}: {error.mend}.")
    agrees = found.withdrawn_on is None
    return render(request, "programmes/family_member.html", _whose(request) | {
        "member": found, "shown": shown(found, named=may_name(request.reader, found)), "work": work_of(found), "form": form,
        "named": may_name(request.reader, found), "mine": mine, "agrees": agrees, "errors": form.errors or None,
        "kinds": codes.KINDS, "how": codes.HOW,
    })  # fmt: skip


def _done(request: HttpRequest, found: FamilyMember, do: str, form: WorkForm) -> HttpResponse | None:
    """Does what was sent; None where the page is to be shown again."""
    by, day = request.reader.by, request.reader.day
    if do == "withdraw":
        if changing(request):
            return None
        if not checked(request):
            return _check(request, found)
        actions.withdraw(by=by, member=found, on=day)
        messages.success(request, "Their consent is withdrawn, and their name is taken out.")
    elif do == "take-back":
        number = request.POST.get("work", "")
        work = found.work.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
        if work is None:
            raise Http404
        actions.take_back_work(by=by, work=work)
        messages.success(request, "Taken back: it stays on record as that, and is not counted.")
    elif form.is_valid():
        has_come(form.cleaned_data["held_on"], today=day)
        actions.record_work(by=by, member=found, on=day, **form.cleaned_data)
        messages.success(request, "It is kept. If it was a mistake, take it back below.")
    else:
        return None
    return redirect("family-member", member=found.pk)


def _check(request: HttpRequest, found: FamilyMember) -> HttpResponse:
    rows = [("Who", shown(found, named=True)), ("Agreed on", weekday_in_words(found.agreed_on))]
    then = ("Name, telephone and what was written of them are taken out at once. That there was work, and when, stays. It "
            "cannot be undone: if they agree again, their consent is kept anew.")  # fmt: skip
    return check_answers(request, title="They agree no more", rows=rows, button="Withdraw their consent", then=then)


def _whose(request: HttpRequest) -> dict[str, Any]:
    whole = [request.person] if "identity" in request.rows else []
    return {"person": named([request.person], known=whole)[request.person]}


PAGES = (
    Page(name="family", route="referrals/<int:referral>/family/", view=family, needs=ROW, person_of=referral_person),
    Page(name="family-new", route="referrals/<int:referral>/family/new/", view=new, needs=ROW, changes=ROW, form=True,
         person_of=referral_person),
    Page(name="family-member", route="family/<int:member>/", view=member, needs=ROW, changes=ROW, person_of=person_of),
)  # fmt: skip
