"""Worried about someone, and what people write on a person."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import holders, manager_of
from throughcare.casework.access.reader import Reader
from throughcare.casework.notes import actions
from throughcare.casework.notes.models import WORRIES, Concern, Note, Said
from throughcare.casework.people.asked import understand
from throughcare.casework.people.names import named
from throughcare.casework.people.queries import current, person_of
from throughcare.core.errors import UserError
from throughcare.core.pages import SIGNED_IN, Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import ChoiceField, DayField, TextField, refused

ANSWERING = ("senior_officer", "iom_coordinator")


class WorryForm(forms.Form):
    """What worries, about whom, and to whom it goes."""

    fact = "concerns"
    kind = ChoiceField(label="What worries you?", choices=WORRIES)
    who = TextField(label="Who is it about?", help_text="A name, and how you know them", longest=200)
    text = TextField(label="What has happened, and when?", help_text="What you saw or were told, in your own words", lines=5,
                     asks="Write what has happened")  # fmt: skip
    to = ChoiceField(label="Who should deal with it?", choices={}, few=False)


def worried(request: HttpRequest) -> HttpResponse:
    """Raises a worry: asked in one page, checked before it is sent, and then told to whom it went."""
    reader: Reader = request.reader
    person = _about(reader, request.POST.get("person") or request.GET.get("person"))
    told = request.POST if request.method == "POST" else None
    posts = _who_answers(reader, person)
    form = WorryForm(told, initial={"to": next(iter(posts), "")})
    form.fields["to"].choices = list(posts.items())
    if person is not None:
        del form.fields["who"]
    about = named([person], known=[person] if reader.sees("identity", person) else []).get(person) if person else None
    shown = {"form": form, "about": about, "errors": form.errors if told else None}
    if told is None or not form.is_valid() or changing(request):
        return render(request, "notes/worried.html", shown)
    to = Post.objects.get(slug=form.cleaned_data["to"])
    shown |= {"to": to, "held_by": [h.account.shown for h in holders([to], reader.day).get(to.pk, ())]}
    if not checked(request):
        return _check_worry(request, form.cleaned_data, about.shown if about else form.cleaned_data["who"], to, shown["held_by"])
    concern = actions.raise_concern(
        reader=reader, person=person, who=form.cleaned_data.get("who", ""), kind=form.cleaned_data["kind"],
        text=form.cleaned_data["text"], to=to,
    )  # fmt: skip
    return render(request, "notes/worried_sent.html", shown | {"concern": concern})


def _check_worry(request: HttpRequest, told: dict[str, Any], who: str, to: Post, held_by: list[str]) -> HttpResponse:
    held = ", ".join(held_by) if held_by else "nobody holds this post today: ring as well"
    rows = [
        ("About", who), ("What worries you", WORRIES[told["kind"]]), ("What has happened", told["text"]),
        ("Goes to", f"{to.title} ({held})"), ("Telephone", to.telephone or "not on record"),
    ]  # fmt: skip
    then = f"It stands first on the list of {to.title} until somebody writes what was done."
    return check_answers(request, title="Check before you send", rows=rows, button="Send", then=then)


def _about(reader: Reader, given: str | None) -> int | None:
    """The person of the page that the reader came from, where the reader may know of them."""
    try:
        person = current(int(given or ""))
    except (ValueError, KeyError, OverflowError):
        return None
    return person if reader.sees("contact", person) else None


def _who_answers(reader: Reader, person: int | None) -> dict[str, str]:
    """The posts a worry may go to: their manager, where the reader may know who that is; then seniors and co-ordinators."""
    manager = manager_of(person, reader.day) if person and reader.sees("caseload", person) else None
    found = {manager.slug: f"{manager.title}, their manager"} if manager else {}
    others = Post.objects.filter(role__in=ANSWERING, closed_on=None).order_by("-role", "title")
    return found | {post.slug: post.title for post in others if post.slug not in found}


class AnswerForm(forms.Form):
    """What was done about a worry."""

    fact = "concerns"
    answer = TextField(label="What have you done about it?", help_text="Whoever raised it will read this", lines=4,
                       asks="Write what you have done")  # fmt: skip


def concern(request: HttpRequest, concern: int) -> HttpResponse:
    """One worry: for the post it was sent to, to answer; for who raised it, to see what was done."""
    reader: Reader = request.reader
    found = Concern.objects.filter(pk=concern).select_related("to_post", "from_post", "raised_by").first()
    mine = found is not None and found.to_post in reader.acting
    if found is None or reader.post is None or not (mine or found.raised_by_id == reader.account.pk):
        raise Http404
    if found.person_id and reader.barred(found.person_id):
        raise Http404
    request.person, request.why = found.person_id, "concern" if found.person_id else ""
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and mine and form.is_valid():
        try:
            actions.answer_concern(reader=reader, concern=found, answer=form.cleaned_data["answer"])
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "Your answer is kept, and whoever raised it can read it.")
            return redirect("today")
    whole = found.person_id and reader.sees("identity", found.person_id)
    about = named([found.person_id], known=[found.person_id] if whole else []).get(found.person_id) if found.person_id else None
    shown: dict[str, Any] = {"concern": found, "form": form, "mine": mine, "about": about, "kinds": WORRIES}
    return render(request, "notes/concern.html", shown | {"errors": form.errors or None})


class NoteForm(forms.Form):
    """A note of today."""

    fact = "notes"
    text = TextField(label="Note", lines=4, asks="Write the note")


def note(request: HttpRequest, person: int) -> HttpResponse:
    """Writes a note on a person."""
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.write_note(reader=request.reader, person=person, text=form.cleaned_data["text"])
        messages.success(request, "The note is kept.")
        return redirect("person-notes", person=person)
    return render(request, "people/form.html", _shown(request, form, "Write a note", "Keep the note"))


def take_back(request: HttpRequest, person: int, note: int) -> HttpResponse:
    """A note written by mistake, by who wrote it."""
    found = Note.objects.filter(pk=note, person=person, account=request.reader.account).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        actions.take_back(reader=request.reader, note=found)
        messages.success(request, "The note is taken back. It stays on record, struck through.")
    return redirect("person-notes", person=person)


class SaidForm(forms.Form):
    """What the person says of something held on them."""

    fact = "corrections"
    row = ChoiceField(label="What is it about?", choices={}, few=False)
    text = TextField(label="What does the person say?", help_text="In their own words", lines=3, asks="Write what they say")


SAID_OF = ("identity", "address", "offence_history", "score", "cohort_membership", "rag", "supervision", "custody", "risks",
           "referrals", "sessions", "notes")  # fmt: skip
SAID_WORDS = {
    "identity": "Who they are: name, date of birth, numbers", "address": "Where they live",
    "offence_history": "Arrests and convictions",
    "score": "The risk score", "cohort_membership": "Being in the cohort", "rag": "Red, amber or green",
    "supervision": "Supervision and order", "custody": "Prison and release", "risks": "The risks that are told of them",
    "referrals": "Referrals", "sessions": "Sessions and appointments", "notes": "Notes",
}  # fmt: skip


def said(request: HttpRequest, person: int) -> HttpResponse:
    """Keeps what the person says of a fact: it then stands beside it wherever it is shown."""
    form = SaidForm(request.POST if request.method == "POST" else None)
    form.fields["row"].choices = [("", "Choose"), *((row, SAID_WORDS[row]) for row in SAID_OF if row in request.rows)]
    if request.method == "POST" and form.is_valid():
        actions.keep_said(reader=request.reader, person=person, row=form.cleaned_data["row"], text=form.cleaned_data["text"])
        messages.success(request, "It is kept, and stands beside the fact wherever it is shown.")
        return redirect("person", person=person)
    return render(request, "people/form.html", _shown(request, form, "The person says it is not so", "Keep what they say"))


class SettleForm(forms.Form):
    """What came of a disagreement."""

    fact = "corrections"
    outcome = TextField(label="What came of it?", help_text="Corrected where it is kept, or why it stays as it is", lines=3,
                        asks="Write what came of it")  # fmt: skip


def settle(request: HttpRequest, person: int, said: int) -> HttpResponse:
    """Ends a disagreement, with its outcome."""
    found = Said.objects.filter(pk=said, person=person, settled_on=None).first()
    if found is None or found.row not in request.rows:
        raise Http404
    form = SettleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.settle_said(reader=request.reader, said=found, outcome=form.cleaned_data["outcome"])
        messages.success(request, "It is settled, and stays on record.")
        return redirect("person", person=person)
    return render(request, "people/form.html", _shown(request, form, f"The person says: {found.text}", "Settle it"))


class RiskForm(forms.Form):
    """A risk, in a sentence."""

    fact = "concerns"
    text = TextField(
        label="What must whoever works with this person know?", help_text="One sentence. Providers and volunteers see it.",
        lines=2, longest=300, asks="Write the risk",
    )  # fmt: skip
    end = DayField(label="Until when", help_text="Leave empty if it goes on", required=False)


def risk(request: HttpRequest, person: int) -> HttpResponse:
    """Tells a risk that workers must know."""
    form = RiskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reader = request.reader
        actions.tell_risk(
            reader=reader, person=person, text=form.cleaned_data["text"], start=reader.day, end=form.cleaned_data["end"]
        )
        messages.success(request, "The risk is on record, and shown to everybody who works with the person.")
        return redirect("person", person=person)
    return render(request, "people/form.html", _shown(request, form, "A risk to know", "Keep the risk"))


def _shown(request: HttpRequest, form: forms.Form, title: str, words: str) -> dict[str, Any]:
    who = named([request.person], known=[request.person] if "identity" in request.rows else [])[request.person]
    return {"form": form, "page_title": title, "button_words": words, "person": who, "errors": form.errors or None}


class AvoidForm(forms.Form):
    """Somebody the person must not meet, or a place to keep away from."""

    fact = "concerns"
    place = TextField(label="Which place?", help_text="Leave empty if it is a person", required=False, longest=200)
    other = TextField(
        label="Which person? Their CRN, PNC or prison number", help_text="Leave empty if it is a place", longest=30,
        required=False,
    )
    why = TextField(label="Why?", lines=2, asks="Write why")


def avoid(request: HttpRequest, person: int) -> HttpResponse:
    """Tells whom the person must not meet, or what place to keep away from; shown with the risks of either person."""
    form = AvoidForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told, reader = form.cleaned_data, request.reader
        other = _numbered(reader, told["other"])
        if told["other"] and other is None:
            form.add_error("other", "Nobody whom you may see has this number")
        else:
            try:
                actions.avoid(reader=reader, person=person, other=other, place=told["place"], why=told["why"], start=reader.day)
            except UserError as error:
                refused(form, error, "place")
            else:
                messages.success(request, "It is on record, and shown with the risks to know.")
                return redirect("person", person=person)
    return render(request, "people/form.html", _shown(request, form, "Whom or what to avoid", "Keep it"))


def _numbered(reader: Reader, typed: str) -> int | None:
    """The one person of a number, where the reader may know who that is."""
    known = {p for number in understand(typed).numbers for p in person_of(number.kind, [number.value]).values()}
    allowed = reader.allowed("identity", known)
    return next(iter(allowed)) if len(allowed) == 1 else None


PAGES = (
    Page(name="avoid", route="people/<int:person>/avoid/", view=avoid, needs="avoid", changes="avoid", form=True),
    Page(name="worried", route="worried/", view=worried, needs=SIGNED_IN, changes=SIGNED_IN),
    Page(name="concern", route="worries/<int:concern>/", view=concern, needs=SIGNED_IN, changes=SIGNED_IN),
    Page(name="note", route="people/<int:person>/notes/new/", view=note, needs="notes", changes="notes", form=True),
    Page(
        name="take-back",
        route="people/<int:person>/notes/<int:note>/take-back/",
        view=take_back,
        needs="notes",
        changes="notes",
        form=True,
    ),
    Page(name="said", route="people/<int:person>/says/", view=said, needs="notes", changes="notes", form=True),
    Page(name="settle", route="people/<int:person>/says/<int:said>/", view=settle, needs="notes", changes="notes", form=True),
    Page(name="risk", route="people/<int:person>/risks/new/", view=risk, needs="risks", changes="risks", form=True),
)
