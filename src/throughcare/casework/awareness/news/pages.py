"""What is new, for everybody; posted by who plans training and meetings."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.awareness import models as m
from throughcare.casework.awareness.about_nobody import about_nobody, like_names
from throughcare.casework.awareness.forms import NewsForm
from throughcare.casework.awareness.news import actions, queries
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import SIGNED_IN, Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused

ROW = "awareness"


def whats_new(request: HttpRequest) -> HttpResponse:
    """Posted news, services and figures that changed, groups to come; what the reader has not read is marked."""
    reader: Reader = request.reader
    items = queries.new_things(reader.day)
    runs = reader.may(ROW, "edit")
    if request.method == "POST":
        if request.POST.get("do") == "withdraw":
            return _withdraw(request, runs)
        actions.read(reader=reader, marks=queries.marks_of(items))
        messages.success(request, "It is marked as read, and leaves your Today page.")
        return redirect("whats-new")
    new = {(item.kind, item.number) for item in queries.unread(items, queries.read_by(reader.account))}
    shown = {"items": items, "new": new, "runs": runs, "groups": queries.groups_to_come(reader.day), "day": reader.day,
             "days": current_pilot().awareness.news_for}  # fmt: skip
    return render(request, "awareness/whats_new.html", shown)


def _withdraw(request: HttpRequest, runs: bool) -> HttpResponse:
    number = request.POST.get("news", "")
    found = m.News.objects.filter(pk=number, withdrawn=False).first() if number.isdigit() and runs else None
    if found is None:
        raise Http404
    actions.withdraw(by=request.reader.by, news=found)
    messages.success(request, f"Taken back: {found.title}.")
    return redirect("whats-new")


def post(request: HttpRequest) -> HttpResponse:
    """News is written, looked at once more, and posted. A person's number is refused; what looks like a name is pointed out."""
    reader: Reader = request.reader
    told = request.POST if request.method == "POST" else None
    form = NewsForm(told, initial={"until": reader.day + timedelta(days=28)})
    if told is not None and form.is_valid() and not changing(request):
        try:
            about_nobody(form.cleaned_data["title"], form.cleaned_data["text"])
            if not checked(request):
                return _check(request, form)
            actions.post(reader=reader, **form.cleaned_data)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "It is posted: everybody finds it on Today until they read it. You can take it back here.")
            return redirect("whats-new")
    return render(request, "awareness/form.html", {
        "form": form, "errors": form.errors or None, "page_title": "Post news", "button_words": "Continue", "back": "whats-new",
        "back_words": "What's new",
    })  # fmt: skip


def _check(request: HttpRequest, form: NewsForm) -> HttpResponse:
    told = form.cleaned_data
    rows = [("Title", told["title"]), ("Words", told["text"]), ("Until", day_in_words(told["until"]))]
    if names := like_names(f"{told['title']}\n{told['text']}", current_pilot()):
        told_back = f"{', '.join(names)} looks like a name. Change it if it is a person's: news is about nobody."
        rows.append(("Is this a person?", told_back))
    then = "Everybody with an account may read it: every agency, provider and volunteer."
    return check_answers(request, title="Check the news", rows=rows, button="Post it", then=then)


PAGES = (
    Page(name="whats-new", route="whats-new/", view=whats_new, needs=SIGNED_IN, changes=SIGNED_IN, menu="What's new", place=80),
    Page(name="whats-new-post", route="whats-new/post/", view=post, needs=ROW, changes=ROW, form=True),
)
