"""Caseloads and who may see whom: reassigning and taking over people, giving a reason, limiting access to somebody."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from throughcare.casework.access import actions
from throughcare.casework.access.models import REASONS, Account, Handover, Limit, Post
from throughcare.casework.access.queries import allocated, handovers, holders, manager_of
from throughcare.casework.access.reader import Reader, limits_of
from throughcare.casework.people.names import named
from throughcare.casework.people.queries import current
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.core.pages import SIGNED_IN, Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import ChoiceField, TextField, refused

A_PAGE = 50


def in_charge_of(reader: Reader, post: Post) -> bool:
    """Whether the reader may reassign the people of a post: its holder, or the senior of its office."""
    return post in reader.acting or any(senior.office == post.office for senior in reader.held("senior_officer") if senior.office)


class HandoverForm(forms.Form):
    """To whom, and why."""

    fact = "caseloads"
    to = ChoiceField(label="Hand over to", choices={}, few=False)
    reason = TextField(label="Why, and what should they know?", lines=3, asks="Write why")


def caseload(request: HttpRequest, post: str) -> HttpResponse:
    """The people on a post's caseload; one, several or all can be handed over to another post, which must accept them."""
    reader: Reader = request.reader
    found = Post.objects.filter(slug=post, closed_on=None).first()
    if found is None or not in_charge_of(reader, found):
        raise Http404
    allowed = reader.people("supervision")
    people = sorted(set(allocated([found], reader.day).filter(person__in=allowed.values("pk")).values_list("person", flat=True)))
    names = named(people)
    form = HandoverForm(request.POST if request.method == "POST" else None)
    others = Post.objects.filter(role=found.role, closed_on=None).exclude(pk=found.pk).order_by("office", "title")
    form.fields["to"].choices = [("", "Choose"), *((p.slug, f"{p.title}, {p.office}") for p in others)]
    copied = current_pilot().home("caseloads").copied
    if request.method == "POST":
        if copied:
            raise Http404
        chosen = [int(number) for number in request.POST.getlist("person") if number.isdigit()]
        if not chosen:
            form.add_error(None, "Choose who is to be handed over")
        if not set(chosen) <= set(people):
            raise Http404
        if form.is_valid() and not changing(request):
            to = Post.objects.get(slug=form.cleaned_data["to"])
            if not checked(request):
                return _check_handover(request, found, to, [names[p].shown for p in chosen], form.cleaned_data["reason"])
            asked = actions.ask_handover(
                by=reader.by, people=chosen, from_post=found, to_post=to, on=reader.day, reason=form.cleaned_data["reason"]
            )
            messages.success(
                request, f"{len(asked)} waiting for {to.title} to accept. Until then they stay here, with all that is due."
            )
            return redirect("caseload", post=found.slug)
    waiting = set(Handover.objects.filter(from_post=found, accepted=None).values_list("person", flat=True))
    page = Paginator(sorted((names[p] for p in people), key=lambda n: n.shown), A_PAGE).get_page(request.GET.get("page"))
    shown = {"post": found, "page": page, "copied": copied, "form": form, "waiting": waiting, "errors": form.errors or None,
             "held_by": [h.account.shown for h in holders([found], reader.day).get(found.pk, ())]}  # fmt: skip
    return render(request, "access/caseload.html", shown)


def _check_handover(request: HttpRequest, found: Post, to: Post, people: list[str], reason: str) -> HttpResponse:
    rows = [("From", found.title), ("To", f"{to.title}, {to.office}"), ("People", "; ".join(people)), ("Told", reason)]
    then = f"They stay with {found.title}, with all that is due, until {to.title} accepts."
    return check_answers(request, title="Check before you ask", rows=rows, button="Ask them to take over", then=then)


class RefusalForm(forms.Form):
    """Why a handover is not accepted."""

    fact = "caseloads"
    words = TextField(label="Why not?", lines=2, asks="Write why not")


def answer_handovers(request: HttpRequest) -> HttpResponse:
    """People handed over to the reader's posts: take them, or say why not."""
    reader: Reader = request.reader
    asked = handovers(reader.acting)
    barred = reader.barred_among([h.person_id for h in asked])
    waiting = [h for h in asked if h.person_id not in barred]
    form = RefusalForm(request.POST if request.POST.get("answer") == "refuse" else None)
    if request.method == "POST":
        handover = next((h for h in waiting if str(h.pk) == request.POST.get("handover")), None)
        if handover is None:
            messages.warning(request, "That one has been answered already.")
            return redirect("handovers")
        if request.POST.get("answer") == "accept":
            actions.accept_handover(by=reader.by, handover=handover, on=reader.day)
            messages.success(request, "Taken. The person is on your caseload from today, with all that is due.")
            return redirect("handovers")
        if form.is_valid():
            actions.refuse_handover(by=reader.by, handover=handover, on=reader.day, words=form.cleaned_data["words"])
            messages.success(request, "Not taken. The person stays where they were, and your reason is told.")
            return redirect("handovers")
    people = [h.person_id for h in waiting]
    names = named(people, known=reader.allowed("identity", people))
    return render(
        request, "access/handovers.html", {"waiting": waiting, "names": names, "form": form, "errors": form.errors or None}
    )


class ReasonForm(forms.Form):
    """Why somebody outside one's work must be seen."""

    reason = ChoiceField(label="Why do you need to see this record?", choices=REASONS)
    words = TextField(label="In your own words", required=False, lines=2, longest=300)


def why(request: HttpRequest, person: int) -> HttpResponse:
    """Asked where nothing explains a view: a coded reason opens what any officer may see, for today."""
    reader: Reader = request.reader
    if not reader.may_give_a_reason or _gone(person) or reader.barred(current(person)):
        raise Http404
    person = current(person)
    to = request.POST.get("next") or request.GET.get("next") or ""
    to = to if url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}) else f"/people/{person}/"
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_for_reason(
                reader=reader, person=person, reason=form.cleaned_data["reason"], words=form.cleaned_data["words"]
            )
        except UserError as error:
            refused(form, error, "words")
        else:
            return redirect(to)
    shown = {"form": form, "next": to, "manager": manager_of(person, reader.day) is not None, "errors": form.errors or None}
    return render(request, "access/why.html", shown)


def _gone(person: int) -> bool:
    try:
        current(person)
    except KeyError:
        return True
    return False


class LimitForm(forms.Form):
    """Who is barred, or who alone may see."""

    fact = "limited_access"
    kind = ChoiceField(label="What kind of limit?", choices={
        "excluded": "Exclusion: the people named may not see this person",
        "restricted": "Restriction: nobody but the people named may see this person"})  # fmt: skip
    accounts = TextField(
        label="Usernames", help_text="One a line. A restriction that names nobody bars everybody", lines=3, required=False
    )
    ring = ChoiceField(label="Whom do others ring?", choices={}, few=False)
    reason = TextField(label="Why?", lines=2, asks="Write why")


def limits(request: HttpRequest, person: int) -> HttpResponse:
    """Limits on who may see a person: those running, a new one, an end."""
    reader: Reader = request.reader
    form = LimitForm(request.POST if request.POST.get("do") == "limit" else None)
    posts = Post.objects.filter(role="senior_officer", closed_on=None).order_by("title")
    form.fields["ring"].choices = [("", "Choose"), *((post.slug, f"{post.title} {post.telephone}") for post in posts)]
    if request.method == "POST" and request.POST.get("do") == "lift":
        running = next((each for each in limits_of(person, reader.day) if str(each.pk) == request.POST.get("limit")), None)
        if running is None:
            raise Http404
        actions.lift(by=reader.by, limit=running, on=reader.day)
        messages.success(request, "The limit ends today.")
        return redirect("limits", person=person)
    if request.method == "POST" and form.is_valid() and (accounts := _accounts(form)) is not None:
        told = form.cleaned_data
        actions.limit(by=reader.by, person=person, kind=told["kind"], accounts=accounts, start=reader.day,
                      ring=posts.get(slug=told["ring"]), reason=told["reason"])  # fmt: skip
        messages.success(request, "The limit holds from now on, on every page, list, total, search and export.")
        return redirect("today" if reader.barred(person) else "limits", **({} if reader.barred(person) else {"person": person}))
    shown: dict[str, Any] = {"form": form, "person": named([person])[person], "running": _told(limits_of(person, reader.day))}
    return render(request, "access/limits.html", shown | {"errors": form.errors or None})


def _accounts(form: LimitForm) -> list[Account] | None:
    """The accounts named; None, with an error at the field, where one is not known."""
    names = form.cleaned_data["accounts"].split()
    found = {account.username: account for account in Account.objects.filter(username__in=names)}
    missing = [name for name in names if name not in found]
    if missing:
        form.add_error("accounts", f"There is no account {', '.join(missing)}")
        return None
    return list(found.values())


def _told(running: list[Limit]) -> list[tuple[Limit, list[str]]]:
    return [(limit, [n.account.username for n in limit.names.select_related("account")]) for limit in running]


def my_limits(request: HttpRequest) -> HttpResponse:
    """The limits that others ring the reader's posts about, by the person's number alone: whoever set one can end it, even
    where it bars them too."""
    reader: Reader = request.reader
    running = Limit.objects.filter(ring__in=reader.acting, start__lte=reader.day).exclude(end__lte=reader.day).order_by("pk")
    if request.method == "POST":
        found = next((each for each in running if str(each.pk) == request.POST.get("limit")), None)
        if found is not None:
            actions.lift(by=reader.by, limit=found, on=reader.day)
            messages.success(request, "The limit ends today.")
        return redirect("my-limits")
    return render(request, "access/my_limits.html", {"running": _told(list(running))})


PAGES = (
    Page(name="my-limits", route="limits/", view=my_limits, needs="limited_access", changes="limited_access"),
    Page(name="caseload", route="caseloads/<slug:post>/", view=caseload, needs="caseload", changes="caseload"),
    Page(name="handovers", route="handovers/", view=answer_handovers, needs=SIGNED_IN, changes=SIGNED_IN),
    Page(name="why", route="people/<int:person>/why/", view=why, needs=SIGNED_IN, changes=SIGNED_IN),
    Page(name="limits", route="people/<int:person>/limits/", view=limits, needs="limited_access", changes="limited_access"),
)
