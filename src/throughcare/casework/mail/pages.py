"""Choosing when one's own digest comes; for who administers the service, what was sent to whom, why, and what did not go."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.mail import models as m
from throughcare.casework.mail import queries
from throughcare.casework.mail.actions import choose
from throughcare.core.pages import SIGNED_IN, Page
from throughcare.design.forms import ChoiceField

DIGESTS = {
    m.DAILY: "Every working morning, where something is open",
    m.OVERDUE: "Only on mornings on which something is overdue",
    m.NONE: "Never",
}
WHY = {m.DIGEST: "The morning's digest", m.OFF: "Something was off"}
STATES = {
    m.TO_SEND: "To be sent", m.SENDING: "Not known whether it went", m.SENT: "Sent", m.FAILED: "Could not go",
}  # fmt: skip


class DigestForm(forms.Form):
    """When one's own digest comes."""

    digest = ChoiceField(label="When do you want an e-mail with what is open for you?", choices=DIGESTS)


def mine(request: HttpRequest) -> HttpResponse:
    """The reader's own choice."""
    account = request.reader.account
    form = DigestForm(request.POST if request.method == "POST" else None, initial={"digest": queries.choice_of(account)})
    if request.method == "POST" and form.is_valid():
        choose(reader=request.reader, digest=form.cleaned_data["digest"])
        messages.success(request, f"Kept: {DIGESTS[form.cleaned_data['digest']].lower()}. To change it, choose again.")
        return redirect("my-emails")
    shown = {"form": form, "address": account.email, "goes": queries.may_go(), "errors": form.errors or None}
    return render(request, "mail/mine.html", shown)


def emails(request: HttpRequest) -> HttpResponse:
    """What did not go first, then the latest."""
    shown = {
        "failed": list(queries.did_not_go(request.reader.day)), "latest": queries.latest(), "why": WHY, "states": STATES,
        "goes": queries.may_go(), "most": queries.SHOWN,
    }  # fmt: skip
    return render(request, "mail/emails.html", shown)


PAGES = (
    Page(name="my-emails", route="account/emails/", view=mine, needs=SIGNED_IN, changes=SIGNED_IN),
    Page(name="emails", route="emails/", view=emails, needs="accounts", roles=("system_admin",), menu="E-mails", place=61),
)
