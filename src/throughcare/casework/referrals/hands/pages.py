"""Giving a referral to one of the provider's posts."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.referrals.hands import actions
from throughcare.casework.referrals.hands.queries import WORKED, in_words, may_give_to, worker_of
from throughcare.casework.referrals.queries import state_of
from throughcare.casework.referrals.reach import known_to
from throughcare.casework.referrals.shown import base, person_of, row_of
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import ChoiceField, refused

NOBODY = "nobody"


class WorkerForm(forms.Form):
    """Which post works with the person."""

    fact = "referrals"
    post = ChoiceField(label="Who is to work with them?", choices={})


def worker(request: HttpRequest, referral: int) -> HttpResponse:
    """Gives the referral to a post, or back to the whole desk. Not there for who may give it to nobody."""
    reader: Reader = request.reader
    found = known_to(reader).filter(pk=referral).first()
    posts = {str(post.pk): post for post in may_give_to(reader, found)} if found else {}
    if found is None or not posts or state_of(found.pk) not in WORKED:
        raise Http404
    now = worker_of(found.pk)
    form = WorkerForm(request.POST if request.method == "POST" else None, initial={"post": str(now.post_id) if now else ""})
    choices = [(pk, in_words(post, reader.day)) for pk, post in posts.items()]
    form.fields["post"].choices = [*choices, *([(NOBODY, "Nobody: give it back to the whole desk")] if now else [])]
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["post"]
        try:
            if chosen == NOBODY:
                actions.take_back(by=reader.by, referral=found, on=reader.day)
            else:
                actions.give(by=reader.by, referral=found, post=posts[chosen], on=reader.day)
        except UserError as error:
            refused(form, error)
        else:
            whom = "Nobody works it now: it is the whole desk's" if chosen == NOBODY else f"Given to {posts[chosen].title}"
            messages.success(request, f"{whom}. Whoever sent the referral sees that. To change it, choose again.")
            return redirect("referral", referral=found.pk)
    shown = base(request, found, []) | {"form": form, "errors": form.errors or None, "title": "Who works with them",
                                        "button": "Keep this", "why": f"Now: {in_words(now.post, reader.day)}." if now else
                                        "Nobody was given this referral yet."}  # fmt: skip
    return render(request, "referrals/say.html", shown)


PAGES = (
    Page(name="referral-worker", route="referrals/<int:referral>/worker/", view=worker, needs="referrals", changes="referrals",
         form=True, person_of=person_of, row_of=row_of),
)  # fmt: skip
