"""Themes with their quotations, conversations with their consent, and taking in what coding software writes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import refused
from throughcare.strands.surveys import voices_models as m
from throughcare.strands.surveys.voices import actions, queries
from throughcare.strands.surveys.voices.coded import read_coded
from throughcare.strands.surveys.voices.forms import (
    CodedForm,
    ConversationForm,
    MendQuotationForm,
    QuotationForm,
    ThemeForm,
    VoiceConsentForm,
)
from throughcare.strands.surveys.voices.words import COVERS, KINDS

ROW = "voices"


def voices(request: HttpRequest) -> HttpResponse:
    """The themes with all that may be shown, for the report; then the conversations."""
    alone = "report" in request.GET
    found = [(theme, [q for q in quoted if not alone or q.quotation.for_report])
             for theme, quoted in queries.by_theme(shown_alone=True)]  # fmt: skip
    conversations = m.Conversation.objects.order_by("-on", "-pk")
    held = [{"conversation": each, "covers": COVERS[queries.covers_of(each)]} for each in conversations]
    waiting = [each for each in queries.quoted() if each.why]
    shown = {"themes": [each for each in found if each[1] or not alone], "held": held, "waiting": waiting, "kinds": KINDS,
             "may_change": request.reader.may(ROW, "edit"), "alone": alone}  # fmt: skip
    return render(request, "surveys/voices.html", shown)


def conversation_new(request: HttpRequest) -> HttpResponse:
    """A conversation is written in."""
    form = ConversationForm(request.POST if request.method == "POST" else None, initial={"told": 1})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.converse(by=request.reader.by, day=request.reader.day, **form.cleaned_data)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "The conversation is kept. Now add what was said.")
            return redirect("conversation", conversation=made.pk)
    return _form(request, form, "A conversation that was held", "Keep it")


def conversation(request: HttpRequest, conversation: int) -> HttpResponse:
    """One conversation: its consent as it was said, its quotations, one more."""
    found = m.Conversation.objects.filter(pk=conversation).first()
    if found is None:
        raise Http404
    do, by = (request.POST.get("do", "") if request.method == "POST" else ""), request.reader.by
    agreed = VoiceConsentForm(request.POST if do == "consent" else None, initial={"on": request.reader.day})
    quote = QuotationForm(request.POST if do == "quote" else None)
    form = {"consent": agreed, "quote": quote}.get(do)
    if form is not None and form.is_valid():
        told = dict(form.cleaned_data)
        try:
            if do == "consent":
                actions.consent(by=by, conversation=found, **told)
                messages.success(request, "It is kept what they agree to. What they do not is shown nowhere from now on.")
            else:
                theme = m.Theme.objects.get(pk=told.pop("theme"))
                actions.quote(by=by, conversation=found, theme=theme, **told)
                messages.success(request, "The quotation is kept.")
            return redirect("conversation", conversation=found.pk)
        except UserError as error:
            refused(form, error, "on" if do == "consent" else "text")
    shown: dict[str, Any] = {
        "conversation": found, "kinds": KINDS, "covers": COVERS, "consents": list(found.consents.order_by("pk")),
        "quoted": queries.quoted(conversation=found), "agreed": agreed, "quote": quote, "wrong": form,
        "now": queries.covers_of(found),
        "errors": (form.errors or None) if form else None, "may_change": request.reader.may(ROW, "edit"),
    }  # fmt: skip
    return render(request, "surveys/conversation.html", shown)


def theme(request: HttpRequest, theme: int) -> HttpResponse:
    """A theme of the codebook, new (0) or changed."""
    found = m.Theme.objects.filter(pk=theme).first()
    if theme and found is None:
        raise Http404
    initial = {"title": found.title, "meaning": found.meaning} if found else None
    form = ThemeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_theme(by=request.reader.by, theme=found, **form.cleaned_data)
        except UserError as error:
            refused(form, error, "title")
        else:
            messages.success(request, "The theme is kept.")
            return redirect("voices")
    return _form(request, form, "Change a theme" if found else "Add a theme", "Keep it")


def quotation(request: HttpRequest, quotation: int) -> HttpResponse:
    """One quotation: mended, chosen for the report, or taken out."""
    found = m.Quotation.objects.select_related("conversation", "theme").filter(pk=quotation).first()
    if found is None:
        raise Http404
    do, by = (request.POST.get("do", "mend") if request.method == "POST" else ""), request.reader.by
    if do in ("choose", "leave"):
        actions.choose(by=by, quotation=found, for_report=do == "choose")
        messages.success(request, "It is chosen for the report." if do == "choose" else "It is not in the report any more.")
        return redirect("voices")
    if do == "take-out":
        actions.take_out(by=by, quotation=found)
        messages.success(request, "The quotation is taken out.")
        return redirect("voices")
    form = MendQuotationForm(request.POST if do == "mend" else None, initial={"text": found.text, "looked": found.looked})
    if do == "mend" and form.is_valid():
        try:
            actions.mend(by=by, quotation=found, **form.cleaned_data)
        except UserError as error:
            refused(form, error, "text")
        else:
            messages.success(request, "The quotation is kept.")
            return redirect("voices")
    (told,) = [each for each in queries.quoted(conversation=found.conversation) if each.quotation.pk == found.pk]
    shown = {"form": form, "errors": form.errors or None, "told": told, "quotation": found}
    return render(request, "surveys/quotation.html", shown)


def coded(request: HttpRequest) -> HttpResponse:
    """A file of coding software is taken in."""
    form = CodedForm(request.POST if request.method == "POST" else None, request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        file = told.pop("file")
        try:
            found = read_coded(file.name, file.read())
            conversations, quotations = actions.take_in(by=request.reader.by, coded=found, day=request.reader.day, **told)
        except UserError as error:
            refused(form, error, "file")
        else:
            messages.success(request, f"{conversations} conversations and {quotations} quotations are new.")
            for words in found.left[:20]:
                messages.warning(request, f"Not read: {words}.")
            return redirect("voices")
    return _form(request, form, "Take in a file of coding software", "Take it in")


def _form(request: HttpRequest, form: forms.Form, title: str, button: str) -> HttpResponse:
    shown = {"form": form, "errors": form.errors or None, "page_title": title, "button_words": button, "back": "voices", "to": {},
             "back_words": "Interviews and focus groups"}  # fmt: skip
    return render(request, "surveys/form.html", shown)


PAGES = (
    Page(name="voices", route="voices/", view=voices, needs=ROW),
    Page(name="conversation-new", route="voices/conversations/new/", view=conversation_new, needs=ROW, changes=ROW, form=True),
    Page(name="conversation", route="voices/conversations/<int:conversation>/", view=conversation, needs=ROW, changes=ROW),
    Page(name="theme", route="voices/themes/<int:theme>/", view=theme, needs=ROW, changes=ROW, form=True),
    Page(name="quotation", route="voices/quotations/<int:quotation>/", view=quotation, needs=ROW, changes=ROW, form=True),
    Page(name="coded", route="voices/coded/", view=coded, needs=ROW, changes=ROW, form=True),
)
