"""The pages of vacancies: the list, one with whom it fits, applications with their steps, and the letter to the employer."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from markupsafe import Markup

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.names import named
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.reach import to_service
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.core.words import capital
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused
from throughcare.design.paper import as_html, as_pdf, shown_again
from throughcare.strands.employment.models import Application, EmployerLetter, Vacancy
from throughcare.strands.employment.queries import SERVICE, TAKING_PART, in_work_on
from throughcare.strands.employment.readiness.codes import INVOLVES, LICENCES
from throughcare.strands.employment.shown import (
    DESK,
    ROW,
    form_page,
    referral_person,
    typed_pounds,
    typed_time,
    who,
    whose,
    work_of,
)
from throughcare.strands.employment.vacancies import actions, codes
from throughcare.strands.employment.vacancies import queries as q
from throughcare.strands.employment.vacancies.forms import ApplicationForm, CloseForm, VacancyForm

ACT = {codes.INTERVIEW: "Keep the interview", codes.OFFERED: "They are offered the job", codes.REFUSED: "They are refused",
       codes.WITHDRAWN: "Withdraw it"}  # fmt: skip


def person_of(application: int, **_: object) -> int:
    return whose(Application, application, by="referral__person")


def person_of_letter(letter: int) -> int:
    return whose(EmployerLetter, letter, by="application__referral__person")


def vacancies(request: HttpRequest) -> HttpResponse:
    """Those that are open; of `?show=all` the others too."""
    every = request.GET.get("show") == "all"
    told = [(vacancy, q.state_of_vacancy(vacancy, request.reader.day)) for vacancy in q.vacancies()]
    rows = [(vacancy, state) for vacancy, state in told if every or state == codes.OPEN]
    shown = {"rows": rows, "every": every, "total": len(told), "why": codes.CLOSED_WHY}
    return render(request, "employment/vacancies.html", shown)


def new(request: HttpRequest) -> HttpResponse:
    """An employer offers a job."""
    form = VacancyForm(request.POST if request.method == "POST" else None, initial={"places": 1})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_vacancy(by=request.reader.by, told=_told(form), on=request.reader.day)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "The vacancy is added. Below is whom it may fit.")
            return redirect("vacancy", vacancy=made.pk)
    return _form(request, form, "A new vacancy", "Add the vacancy")


def change(request: HttpRequest, vacancy: int) -> HttpResponse:
    """What is told of a vacancy now; or that it is offered no more (`?close=`)."""
    found = _vacancy(vacancy)
    closing = "close" in request.GET
    start = {name: getattr(found, name) for name in VacancyForm.base_fields}
    start |= {
        "involves": found.involves.split(), "pence_an_hour": typed_pounds(found.pence_an_hour),
        "shift_from": typed_time(found.shift_from), "shift_until": typed_time(found.shift_until),
    }  # fmt: skip
    data = request.POST if request.method == "POST" else None
    form: forms.Form = CloseForm(data) if closing else VacancyForm(data, initial=start)
    if data is not None and form.is_valid():
        try:
            if isinstance(form, VacancyForm):
                actions.change_vacancy(by=request.reader.by, vacancy=found, told=_told(form))
            else:
                actions.close(by=request.reader.by, vacancy=found, why=form.cleaned_data["why"], on=request.reader.day)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "The vacancy is closed. You can open it again below." if closing else "The change is kept.")
            return redirect("vacancy", vacancy=found.pk)
    title = f"{'Close' if closing else 'Change'}: {found.job}, {found.employer}"
    return _form(request, form, title, "Close the vacancy" if closing else "Keep the change", found)


def _told(form: VacancyForm) -> actions.Told:
    return actions.Told(**form.cleaned_data | {"involves": tuple(form.cleaned_data["involves"])})


def _form(request: HttpRequest, form: forms.Form, title: str, button: str, of: Vacancy | None = None) -> HttpResponse:
    shown = {"form": form, "title": title, "button_words": button, "errors": form.errors or None, "vacancy": of}
    return render(request, "employment/vacancy_form.html", shown)


def _vacancy(number: int) -> Vacancy:
    found = Vacancy.objects.prefetch_related("filled").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def seeking(reader: Reader) -> list[Referral]:
    """The referrals of whom may be put forward: in the pathway, known to the reader, and not in work."""
    theirs = to_service(SERVICE, reader.day).filter(person__in=reader.people(ROW).values("pk"), state__in=TAKING_PART)
    busy = in_work_on(reader.day)
    return [referral for referral in theirs.order_by("sent_on", "pk") if referral.pk not in busy]


def vacancy(request: HttpRequest, vacancy: int) -> HttpResponse:
    """One vacancy: what it is, who was put forward, and whom else it fits, with what stands in the way of the others."""
    found, reader = _vacancy(vacancy), request.reader
    if request.method == "POST":
        return _open_again(request, found)
    state = q.state_of_vacancy(found, reader.day)
    applied = [a for a in q.applications_of_vacancy(found) if a.referral.person_id in reader.allowed(ROW, _people_of(found))]
    busy = {a.referral_id for a in applied if q.in_hand(a)}
    told = q.matches(found, [r for r in seeking(reader) if r.pk not in busy], reader.day) if state == codes.OPEN else []
    people = {match.person for match in told} | {a.referral.person_id for a in applied}
    shown = {
        "vacancy": found, "state": state, "applied": [(a, q.step_of(a)) for a in applied], "steps": codes.STEPS,
        "fits": [match for match in told if not match.fit.cannot], "cannot": [match for match in told if match.fit.cannot],
        "names": named(people, known=reader.allowed("identity", people)), "job": q.job_of(found), "licences": LICENCES,
        "involves": [INVOLVES[code] for code in found.involves.split()], "filled": len(found.filled.all()),
        "why": codes.CLOSED_WHY,
    }  # fmt: skip
    return render(request, "employment/vacancy.html", shown)


def _people_of(vacancy: Vacancy) -> set[int]:
    return set(Application.objects.filter(vacancy=vacancy).values_list("referral__person", flat=True))


def _open_again(request: HttpRequest, found: Vacancy) -> HttpResponse:
    try:
        actions.open_again(by=request.reader.by, vacancy=found)
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    else:
        messages.success(request, "The vacancy is open again.")
    return redirect("vacancy", vacancy=found.pk)


def apply(request: HttpRequest, referral: int, vacancy: int) -> HttpResponse:
    """Puts somebody forward for a vacancy, after it was shown once more."""
    found, reader, referred = _vacancy(vacancy), request.reader, Referral.objects.get(pk=referral)
    if request.method == "POST" and checked(request):
        try:
            made = actions.apply(by=reader.by, referral=referred, vacancy=found, on=reader.day)
        except UserError as error:
            messages.warning(request, f"{error.what}. To mend it, {error.mend}.")
        else:
            messages.success(request, "They are put forward. The letter to the employer is below; it can be withdrawn here.")
            return redirect("application", application=made.pk)
    if changing(request) or request.method == "POST":
        return redirect("vacancy", vacancy=vacancy)
    fit = q.fit_of(referred, found, reader.day)
    if fit.cannot:
        messages.warning(request, f"{who(request).shown} cannot be put forward: {'; '.join(fit.cannot)}.")
        return redirect("vacancy", vacancy=vacancy)
    rows = [("Who", who(request).shown), ("Job", f"{found.job}, {found.employer}, {found.borough}"),
            ("Ask first", capital("; ".join(fit.ask)) or "Nothing")]  # fmt: skip
    then = "The application is kept as sent today. No letter goes by itself: you write it on the next page."
    return check_answers(request, title="Put them forward?", rows=rows, button="Put them forward", then=then)


def application(request: HttpRequest, application: int) -> HttpResponse:
    """One application: how it stands, its next steps, the letters."""
    found = _application(application)
    reader = request.reader
    now, to = q.step_of(found), request.GET.get("to", "")
    if to:
        return _step(request, found, to)
    telephone = reader.held(*DESK)[0].telephone
    paper, agreed = q.letter_of(found, reader.day, telephone)
    shown = {
        "application": found, "person": who(request), "now": now, "steps": codes.STEPS, "reasons": codes.REASONS, "act": ACT,
        "placed": q.led_to_work(found), "next": codes.NEXT[now],
        "paper": Markup(as_html(paper)), "agreed": agreed, "letters": list(found.letters.order_by("-pk")),
        "back": work_of(request),
    }  # fmt: skip
    if request.method == "POST":
        letter = actions.write_letter(by=reader.by, application=found, on=reader.day, telephone=telephone)
        messages.success(request, "The letter is kept as it is. Print it and send it. If it is wrong, write another.")
        return redirect("employer-letter", letter=letter.pk)
    return render(request, "employment/application.html", shown)


def _application(number: int) -> Application:
    return Application.objects.select_related("referral", "vacancy").get(pk=number)


def _step(request: HttpRequest, found: Application, to: str) -> HttpResponse:
    """The day of a step and its reason."""
    if to not in codes.NEXT[q.step_of(found)]:
        messages.warning(request, "That step was taken already, or is not the next one. This is how it stands now.")
        return redirect("application", application=found.pk)
    reader = request.reader
    form = ApplicationForm(request.POST if request.method == "POST" else None, to=to, initial={"on": reader.day})
    if request.method == "POST" and form.is_valid():
        try:
            actions.step(by=reader.by, application=found, to=to, today=reader.day, **form.cleaned_data)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, f"{codes.STEPS[to]}: it is kept.")
            return redirect("application", application=found.pk)
    title = f"{codes.STEPS[to]}: {found.vacancy.job}, {found.vacancy.employer}"
    return form_page(request, form, title, ACT[to])


def letter(request: HttpRequest, letter: int) -> HttpResponse:
    """A letter to an employer, as it was written; `?pdf` as a file."""
    found = EmployerLetter.objects.select_related("application__vacancy").get(pk=letter)
    paper = shown_again(found.content)
    if "pdf" in request.GET:
        answer = HttpResponse(as_pdf(paper), content_type="application/pdf")
        answer.headers["Content-Disposition"] = f'attachment; filename="employer-letter-{letter}.pdf"'
        return answer
    shown: dict[str, Any] = {"letter": found, "paper": Markup(as_html(paper)), "person": who(request)}
    return render(request, "employment/letter.html", shown)


PAGES = (
    Page(name="vacancies", route="employment/vacancies/", view=vacancies, needs=ROW, roles=DESK),
    Page(name="vacancy-new", route="employment/vacancies/new/", view=new, needs=ROW, changes=ROW, form=True, roles=DESK),
    Page(name="vacancy", route="employment/vacancies/<int:vacancy>/", view=vacancy, needs=ROW, changes=ROW, roles=DESK),
    Page(name="vacancy-change", route="employment/vacancies/<int:vacancy>/change/", view=change, needs=ROW, changes=ROW,
         form=True, roles=DESK),
    Page(name="work-apply", route="referrals/<int:referral>/employment/vacancies/<int:vacancy>/", view=apply, needs=ROW,
         changes=ROW, form=True, roles=DESK, person_of=referral_person),
    Page(name="application", route="employment/applications/<int:application>/", view=application, needs=ROW, changes=ROW,
         roles=DESK, person_of=person_of),
    Page(name="employer-letter", route="employment/letters/<int:letter>/", view=letter, needs=ROW, roles=DESK,
         person_of=person_of_letter),
)  # fmt: skip
