"""People and rights: who holds which post, cover, leavers; delegated to each organisation's own administrator."""

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access import actions
from throughcare.casework.access.models import Account, Holding, Post
from throughcare.casework.access.policy import PROVIDER_ROLES, ROLES
from throughcare.casework.access.queries import holders
from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import ChoiceField, DayField, TextField, refused
from throughcare.web.sign_in.actions import forget_second_step


def posts_in_charge(reader: Reader, *, view: bool = False) -> QuerySet[Post]:
    """The posts whose holders the reader may choose: of its office, of its provider, or (administrator) all. `view`: may read."""
    wanted = Q(pk__in=[])
    for post, cell in reader.cells("view" if view else "edit", "accounts"):
        if cell.scope in ("accounts", "log"):
            return Post.objects.filter(closed_on=None)
        if cell.scope == "office" and post.office:
            wanted |= Q(office=post.office)
        if cell.scope == "provider" and post.place:
            wanted |= Q(place=post.place, role__in=PROVIDER_ROLES)
    return Post.objects.filter(wanted, closed_on=None)


def rights(request: HttpRequest) -> HttpResponse:
    """The posts in the reader's charge, vacant ones first, with who holds or covers each."""
    reader: Reader = request.reader
    role = request.GET.get("role", "")
    posts = posts_in_charge(reader, view=True).order_by("role", "title")
    roles = [slug for slug in ROLES if slug in set(posts.values_list("role", flat=True))]
    shown_posts = list(posts.filter(role=role) if role in roles else posts)
    held = holders(shown_posts, reader.day)
    lines = sorted(((post, held.get(post.pk, [])) for post in shown_posts), key=lambda line: (bool(line[1]), line[0].title))
    shown = {"lines": lines, "roles": {slug: ROLES[slug] for slug in roles}, "role": role, "vacant": sum(not h for _, h in lines),
             "may_change": reader.may("accounts", "edit"),
        "may_make_posts": bool(reader.roles & {"provider_admin", "system_admin"}), "all_roles": ROLES}  # fmt: skip
    return render(request, "rights/rights.html", shown)


class HoldForm(forms.Form):
    """Who is to hold the post, from when, for how long."""

    username = TextField(label="Username", help_text="Of an account that there is", longest=100)
    cover = ChoiceField(label="For how long?", choices={"no": "Holds the post", "yes": "Covers it until a day"})
    start = DayField(label="From")
    end = DayField(label="Until", help_text="For cover", required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("cover") == "yes" and not told.get("end"):
            self.add_error("end", "Enter the day on which cover ends")
        if told.get("end") and told.get("start") and told["end"] <= told["start"]:
            self.add_error("end", "The end must be after the start")
        return told


def post(request: HttpRequest, post: str) -> HttpResponse:
    """One post: who holds it, who held it; a holder or cover is added or ended. Its work stays with it."""
    reader: Reader = request.reader
    found = posts_in_charge(reader, view=request.method != "POST").filter(slug=post).first()
    if found is None:
        raise Http404
    form = HoldForm(request.POST if request.POST.get("do") == "hold" else None, initial={"start": reader.day, "cover": "no"})
    if request.method == "POST" and request.POST.get("do") == "end":
        running = Holding.objects.filter(post=found).exclude(end__lte=reader.day)
        holding = next((each for each in running if str(each.pk) == request.POST.get("holding")), None)
        if holding is None:
            raise Http404
        actions.let_go(by=reader.by, holding=holding, on=reader.day)
        messages.success(
            request, f"{holding.account.shown} holds {found.title} no more. What waits there waits for the next holder."
        )
        return redirect("post", post=found.slug)
    if request.method == "POST" and form.is_valid() and _held(reader, found, form):
        messages.success(request, f"{form.cleaned_data['username']} holds {found.title}.")
        return redirect("post", post=found.slug)
    held = list(Holding.objects.filter(post=found).select_related("account").order_by("-start", "-pk"))
    shown = {"post": found, "held": held, "form": form, "errors": form.errors or None, "role_words": ROLES[found.role],
             "may_change": posts_in_charge(reader).filter(pk=found.pk).exists()}  # fmt: skip
    return render(request, "rights/post.html", shown)


def _held(reader: Reader, found: Post, form: HoldForm) -> bool:
    """Gives the post to the account named; an error at the field where that may not be. Nobody gives a post to themselves."""
    told = form.cleaned_data
    account = Account.objects.filter(username=told["username"], is_active=True).first()
    if account is None:
        form.add_error("username", "There is no active account of this name")
        return False
    if account == reader.account:
        form.add_error("username", "Another administrator must give you a post")
        return False
    try:
        actions.hold(
            by=reader.by, post=found, account=account, start=told["start"], end=told["end"], cover=told["cover"] == "yes"
        )
    except UserError as error:
        refused(form, error, "username")
        return False
    return True


class AccountForm(forms.Form):
    """A new account and its first post."""

    username = TextField(
        label="Username", help_text="Their work e-mail address, or what your organisation calls them", longest=100
    )
    name = TextField(label="Name that colleagues see", longest=100)
    post = ChoiceField(label="First post", choices={}, few=False)

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"])
        if Account.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("There is an account of this name already")
        return username


def new_account(request: HttpRequest) -> HttpResponse:
    """Makes an account with its first post. The password is shown once, to be handed over; a second step is set up at sign-in."""
    reader: Reader = request.reader
    posts = posts_in_charge(reader).order_by("title")
    form = AccountForm(request.POST if request.method == "POST" else None)
    form.fields["post"].choices = [("", "Choose"), *((p.slug, p.title) for p in posts)]
    if request.method == "POST" and form.is_valid():
        told, password = form.cleaned_data, secrets.token_urlsafe(12)
        account = actions.make_account(by=reader.by, username=told["username"], name=told["name"], password=password)
        actions.hold(by=reader.by, post=posts.get(slug=told["post"]), account=account, start=reader.day)
        return render(request, "rights/password.html", {"account": account, "password": password, "made": True})
    return render(request, "rights/new_account.html", {"form": form, "errors": form.errors or None})


def accounts_in_charge(reader: Reader, *, view: bool = False) -> QuerySet[Account]:
    """The accounts that hold, or have held, only posts in the reader's charge; for the administrator, all."""
    if any(cell.scope in ("accounts", "log") for _, cell in reader.cells("view" if view else "edit", "accounts")):
        return Account.objects.all()
    mine = posts_in_charge(reader, view=view).values("pk")
    elsewhere = Holding.objects.exclude(post__in=mine).values("account")
    return Account.objects.filter(holdings__post__in=mine).exclude(pk__in=elsewhere).distinct()


def account(request: HttpRequest, account: int) -> HttpResponse:
    """One account: its posts; a leaver is removed at once; a lost password or second step is made anew."""
    reader: Reader = request.reader
    found = accounts_in_charge(reader, view=request.method != "POST").filter(pk=account).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        if found == reader.account:
            messages.warning(request, "Another administrator must change your own account.")
            return redirect("person-account", account=found.pk)
        return _changed(request, found)
    held = list(Holding.objects.filter(account=found).select_related("post").order_by("-start", "-pk"))
    may_change = accounts_in_charge(reader).filter(pk=found.pk).exists()
    return render(request, "rights/account.html", {"account": found, "held": held, "may_change": may_change})


def _changed(request: HttpRequest, found: Account) -> HttpResponse:
    by, do = request.reader.by, request.POST.get("do")
    if do == "remove":
        actions.remove_account(by=by, account=found, on=request.reader.day)
        messages.success(
            request, f"{found.shown} cannot sign in any more, and holds no post. Their work waits for the next holder."
        )
    elif do == "restore":
        actions.restore_account(by=by, account=found)
        messages.success(request, f"{found.shown} may sign in again, with a new password. Give them a post.")
    elif do == "password":
        password = secrets.token_urlsafe(12)
        actions.set_password(by=by, account=found, password=password)
        return render(request, "rights/password.html", {"account": found, "password": password, "made": False})
    elif do == "second-step":
        forget_second_step(by=by, account=found)
        messages.success(request, f"{found.shown} sets up a new second step at the next sign-in.")
    else:
        raise Http404
    return redirect("person-account", account=found.pk)


class PostForm(forms.Form):
    """A new post."""

    title = TextField(label="What is the post called?", longest=100)
    role = ChoiceField(label="Role", choices=ROLES, few=False)
    place = TextField(label="Borough, court, prison or provider it works for", required=False, longest=60)
    team = TextField(label="Service, for a provider's team", required=False, longest=40)
    office = TextField(label="Office whose senior is in charge", required=False, longest=60)
    code = TextField(label="The agency's own code of the officer", required=False, longest=30)
    telephone = TextField(label="Telephone", required=False, longest=30)

    def clean_place(self) -> str:
        """A place of the pilot file, so that nobody is given a court that no list ever names."""
        pilot, place = current_pilot(), str(self.cleaned_data["place"])
        known = {*pilot.boroughs, *pilot.courts, *pilot.prisons, *(p.slug for p in pilot.providers)}
        if place and place not in known:
            raise forms.ValidationError(f"The pilot has no {place}. It has: {', '.join(sorted(known))}")
        return place


def new_post(request: HttpRequest) -> HttpResponse:
    """Makes a post, vacant until somebody holds it. A provider's administrator makes its own desks and volunteers' posts."""
    reader: Reader = request.reader
    form = PostForm(request.POST if request.method == "POST" else None)
    own = [post.place for post in reader.held("provider_admin")]
    if own and "system_admin" not in reader.roles:
        form.fields["role"].choices = [("", "Choose"), *((r, ROLES[r]) for r in ("provider_worker", "volunteer"))]
        form.fields["place"].initial = own[0]
    elif "system_admin" not in reader.roles:
        raise Http404
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if own and "system_admin" not in reader.roles:  # no office and no officer's code: those would give it other people's work
            told |= {"place": own[0], "office": "", "code": ""}
        slug = f"{told['role'].replace('_', '-')}-{secrets.token_hex(3)}"
        made = actions.make_post(
            by=reader.by, slug=slug, title=told["title"], role=told["role"], place=told["place"], team=told["team"],
            office=told["office"],
            code=told["code"], telephone=told["telephone"],
        )  # fmt: skip
        messages.success(request, f"{made.title} is made, and vacant. Say who holds it.")
        return redirect("post", post=made.slug)
    return render(request, "rights/new_post.html", {"form": form, "errors": form.errors or None})


PAGES = (
    Page(name="rights", route="rights/", view=rights, needs="accounts", menu="People and rights", place=80),
    Page(name="new-post", route="rights/posts/new/", view=new_post, needs="accounts", changes="accounts", form=True),
    Page(name="post", route="rights/posts/<slug:post>/", view=post, needs="accounts", changes="accounts"),
    Page(name="new-account", route="rights/accounts/new/", view=new_account, needs="accounts", changes="accounts", form=True),
    Page(name="person-account", route="rights/accounts/<int:account>/", view=account, needs="accounts", changes="accounts"),
)
