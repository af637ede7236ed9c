"""A letter to the person: looked at before it is written, kept, printed in three forms, and marked as given."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from markupsafe import Markup

from throughcare.casework.letters import actions
from throughcare.casework.letters.models import HOW, Letter
from throughcare.casework.letters.queries import membership_of, paper_of, written
from throughcare.casework.people.names import Named, named
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import ChoiceField, DayField, refused
from throughcare.design.paper import FORMS, as_html, as_page, as_pdf, as_text, shown_again

OF_MEMBERS = ("joined", "left")
FILES = {"pdf": "application/pdf", "txt": "text/plain; charset=utf-8", "html": "text/html; charset=utf-8"}


def person_of(letter: int, **_: object) -> int:
    """Whom a letter is to. KeyError where there is no such letter."""
    return _letter(letter).person_id


def row_of(letter: int, **_: object) -> str:
    """The row that a letter discloses. KeyError where there is no such letter."""
    return _letter(letter).row


def _letter(number: int) -> Letter:
    found = Letter.objects.filter(pk=number, withdrawn=False).select_related("post").first()
    if found is None:
        raise KeyError(number)
    return found


class GiveForm(forms.Form):
    """In which form, how, and on which day a letter was given."""

    form = ChoiceField(label="In which form?", choices=FORMS)
    how = ChoiceField(label="How was it given?", choices=HOW)
    on = DayField(label="On which day?")


def new(request: HttpRequest, person: int, kind: str) -> HttpResponse:
    """The letter as it would be written today: looked at, and then kept as it is."""
    membership = membership_of(person, kind, request.reader.day) if kind in OF_MEMBERS else None
    if membership is None:
        raise Http404
    there = written(kind, membership.pk)
    if there is not None and (there.given_how or request.method != "POST"):
        return redirect("letter", letter=there.pk)
    if request.method == "POST":
        letter = actions.write_to_member(reader=request.reader, person=person, kind=kind)
        messages.success(request, "The letter is written, and kept as it is. Give it, and mark it as given.")
        return redirect("letter", letter=letter.pk)
    paper = paper_of(membership, kind, request.reader.day, pilot=current_pilot())
    return render(request, "letters/new.html", {"person": _named(request), "paper": Markup(as_html(paper)), "title": paper.title})


def letter(request: HttpRequest, letter: int) -> HttpResponse:
    """One letter, in the form asked for, with its files; and, until it is given, how it was."""
    found = _letter(letter)
    chosen = request.GET.get("form", found.form or "plain")
    chosen = chosen if chosen in FORMS else "plain"
    told = request.POST if request.method == "POST" else None
    form = GiveForm(told, initial={"form": chosen, "on": request.reader.day})
    if told is not None and not found.given_how and form.is_valid() and not changing(request):
        if not checked(request):
            return _check(request, form)
        try:
            actions.give(reader=request.reader, letter=found, form=form.cleaned_data["form"], how=form.cleaned_data["how"],
                         on=form.cleaned_data["on"])  # fmt: skip
        except UserError as error:
            refused(form, error, "on")
        else:
            messages.success(request, "It is on record how the letter was given.")
            return redirect("letter", letter=found.pk)
    shown = {
        "letter": found, "person": _named(request), "form": form, "errors": form.errors or None, "forms": FORMS,
        "chosen": chosen, "paper": Markup(as_html(shown_again(found.content), chosen)), "how": HOW.get(found.given_how, ""),
        "may_give": found.row in request.edits and not found.given_how, "again": found.kind in OF_MEMBERS,
    }  # fmt: skip
    return render(request, "letters/letter.html", shown)


def _check(request: HttpRequest, form: GiveForm) -> HttpResponse:
    told = form.cleaned_data
    rows = [("Form", FORMS[told["form"]]), ("How", HOW[told["how"]]), ("On", day_in_words(told["on"]))]
    return check_answers(
        request, title="Check how the letter was given", rows=rows, button="Keep it",
        then="The letter stays on record as it is, and cannot be written again.",
    )  # fmt: skip


def file(request: HttpRequest, letter: int, form: str, kind: str) -> HttpResponse:
    """The letter as a file: tagged PDF, text, or a page by itself."""
    if form not in FORMS or kind not in FILES:
        raise Http404
    paper = shown_again(_letter(letter).content)
    made = {"pdf": as_pdf, "txt": as_text, "html": as_page}[kind](paper, form)
    answer = HttpResponse(made, content_type=FILES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="letter-{letter}-{form}.{kind}"'
    return answer


def _named(request: HttpRequest) -> Named:
    return named([request.person], known=[request.person] if "identity" in request.rows else [])[request.person]


PAGES = (
    Page(name="letter-new", route="people/<int:person>/letters/<slug:kind>/", view=new, needs="letters", changes="letters",
         form=True),
    Page(name="letter", route="letters/<int:letter>/", view=letter, needs="letters", changes="letters", person_of=person_of,
         row_of=row_of),
    Page(name="letter-file", route="letters/<int:letter>/<slug:form>.<slug:kind>", view=file, needs="letters",
         person_of=person_of, row_of=row_of),
)  # fmt: skip
