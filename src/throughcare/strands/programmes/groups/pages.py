"""The pages of groups: a desk's own, one group with its places and days, attendance of all at once, its end; and the check."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.names import Named, named
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.reasons import ENDED_EARLY
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import ChoiceField, DayField, TextField, TimeField, refused
from throughcare.strands.programmes.attendance import OUTCOMES
from throughcare.strands.programmes.groups import actions, codes, queries
from throughcare.strands.programmes.models import Group, GroupAttendance, GroupCheck, GroupDay, GroupPlace

CAME = {code: told.words for code, told in OUTCOMES.items()}
ENDS = {codes.COMPLETE: "Completed", **{code: f"Ended early: {words}" for code, words in ENDED_EARLY.items() if code != "other"}}


class GroupForm(forms.Form):
    """A group to come."""

    fact = "sessions"
    service = ChoiceField(label="Of which service?", choices={}, few=False)
    name = TextField(label="What is it called?", help_text="A name or number, of nobody in it", longest=100)
    venue = TextField(label="Where?", longest=200)
    starts_on = DayField(label="On which day does it begin?")
    at = TimeField(label="At what time?")
    weeks = forms.IntegerField(label="How many weeks does it run?", min_value=1, max_value=52)
    capacity = forms.IntegerField(label="How many places are there?", min_value=1, max_value=60)
    quorum = forms.IntegerField(label="With how many at least does it take place?", min_value=1, max_value=60)


class VenueForm(forms.Form):
    """Another venue."""

    fact = "sessions"
    venue = TextField(label="Another venue", longest=200)


class GroupCheckForm(forms.Form):
    """The answer, and nothing more: never why, nor who."""

    answer = ChoiceField(label="What do you tell the provider?", choices=codes.ANSWERS,
                         help_text="The provider sees this word alone, never why or who")  # fmt: skip


def groups(request: HttpRequest) -> HttpResponse:
    """The groups of the reader's desks, those to come and running first; a form to plan one."""
    reader: Reader = request.reader
    able = {(service, provider): current_pilot().service(service).name
            for provider, services in queries.services_of(reader).items() for service in services}  # fmt: skip
    form = GroupForm(request.POST if request.method == "POST" else None)
    form.fields["service"].choices = [("", "Choose"), *((f"{s}/{p}", name) for (s, p), name in able.items())]
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        service, _, provider = told.pop("service").partition("/")
        try:
            made = actions.plan_group(by=reader.by, service=service, provider=provider, on=reader.day, **told)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "The group is planned. Offer places, then ask for the check.")
            return redirect("group", group=made.pk)
    found = list(queries.groups_of(reader))
    held = list(GroupPlace.objects.filter(group__in=found, left_on=None).values_list("group", "referral__person"))
    seen = reader.allowed("sessions", {person for _, person in held})
    taken = {each.pk: len([1 for group, person in held if group == each.pk and person in seen]) for each in found}
    shown = {
        "live": [g for g in found if g.state in codes.LIVE], "over": [g for g in found if g.state not in codes.LIVE][-20:],
        "taken": taken, "form": form if able else None, "errors": form.errors or None, "states": codes.STATES,
        "services": {s.slug: s.name for s in current_pilot().services},
    }  # fmt: skip
    return render(request, "programmes/groups.html", shown)


def _mine(reader: Reader, number: int) -> Group:
    found = queries.groups_of(reader).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _names(reader: Reader, people: set[int]) -> dict[int, Named]:
    return named(people, known=reader.allowed("identity", people))


def group(request: HttpRequest, group: int) -> HttpResponse:
    """One group: who is in it and who waits, its days, what the check says, the next step."""
    reader: Reader = request.reader
    found = _mine(reader, group)
    form = VenueForm(request.POST if request.POST.get("do") == "venue" else None)
    if request.method == "POST" and (request.POST.get("do") != "venue" or form.is_valid()):
        try:
            words = _do(request, found, form)
        except UserError as error:
            messages.warning(request, f"{error.what}: {error.mend}.")
        else:
            messages.success(request, words)
        return redirect("group", group=found.pk)
    places = queries.seen_places(reader, found)
    waits = queries.waiting(reader, found) if found.state in codes.FILLING else []
    check = queries.check_of(found)
    shown = {
        "group": found, "places": places, "waiting": waits, "days": queries.days_of(found), "check": check, "form": form,
        "names": _names(reader, {p.referral.person_id for p in places} | {r.person_id for r in waits}),
        "answer": codes.ANSWERS.get(check.answer, "") if check else "", "states": codes.STATES, "day_states": codes.DAYS,
        "filling": found.state in codes.FILLING, "errors": form.errors or None, "day": reader.day,
        "service": current_pilot().service(found.service).name,
    }  # fmt: skip
    return render(request, "programmes/group.html", shown)


def _do(request: HttpRequest, found: Group, form: VenueForm) -> str:
    """Does what the button says; gives what is told after it."""
    reader: Reader = request.reader
    do, by, on = request.POST.get("do", ""), reader.by, reader.day
    if do == "offer":
        waits = {str(r.pk): r for r in queries.waiting(reader, found)}
        actions.offer_place(by=by, group=found, referral=_one(waits, request), on=on)
        return "The place is given. To undo it, take them out of the group."
    if do == "leave":
        seen = {str(p.pk): p for p in queries.seen_places(reader, found)}
        actions.leave(by=by, place=_one(seen, request), on=on)
        return "They are not in the group any more, and are back on the waiting list."
    if do == "venue":
        actions.change_venue(by=by, group=found, venue=form.cleaned_data["venue"], on=on)
        return "The venue is changed. What was checked before holds no more."
    if do == "check":
        actions.ask_check(by=by, group=found, on=on)
        return "Asked. You will see here what they say."
    if do == "confirm":
        actions.confirm(by=by, group=found)
        return "The group is confirmed. A change of places or venue undoes it."
    if do == "begin":
        actions.begin(by=by, group=found, on=on)
        return "The group runs. Take attendance on each of its days."
    if do == "cancel":
        actions.cancel(by=by, group=found, on=on)
        return "The group is cancelled. Whoever was in it waits again."
    days = {str(d.pk): d for d in queries.days_of(found)}
    if do != "call-off":
        raise Http404
    actions.call_off(by=by, day=_one(days, request), on=on)
    return "Called off. Of a day to come, your desk and their managers are told. If it was held after all, take its attendance."


def _one(known: dict[str, Any], request: HttpRequest) -> Any:
    found = known.get(request.POST.get("which", ""))
    if found is None:
        raise Http404
    return found


def _each(places: list[GroupPlace], names: dict[int, Named], choices: dict[str, str], nothing: str) -> dict[str, Any]:
    """A field a place, labelled with who it is."""
    return {
        f"place-{place.pk}": ChoiceField(
            label=names[place.referral.person_id].shown, choices=choices, few=False, required=False, nothing=nothing
        )
        for place in places
    }  # fmt: skip


class OfAllForm(forms.Form):
    """A choice for each place of a group."""

    fact = "sessions"


def attendance(request: HttpRequest, day: int) -> HttpResponse:
    """Attendance of everybody at once: whoever is not marked otherwise is marked by the button. Sent again, it corrects."""
    reader: Reader = request.reader
    found = GroupDay.objects.filter(pk=day).select_related("group").first()
    if found is None or found.group.state != codes.RUNNING:
        raise Http404
    mine = _mine(reader, found.group_id)
    places = [place for place in queries.seen_places(reader, mine) if place.joined_on <= found.on]
    names = _names(reader, {place.referral.person_id for place in places})
    kept = dict(GroupAttendance.objects.filter(day=found).values_list("place", "session__outcome"))
    form = OfAllForm(request.POST if request.method == "POST" else None, initial={f"place-{pk}": o for pk, o in kept.items()})
    form.fields.update(_each(places, names, CAME, "Not marked"))
    if request.method == "POST" and form.is_valid():
        rest = "ATTC" if request.POST.get("rest") == "came" else ""
        marked = {place.pk: form.cleaned_data[f"place-{place.pk}"] or rest for place in places}
        try:
            actions.take_attendance(by=reader.by, day=found, on=reader.day, outcomes={k: v for k, v in marked.items() if v})
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "The attendance is kept. To correct it, open the day again.")
            return redirect("group", group=mine.pk)
    shown = {"group": mine, "day": found, "form": form, "errors": form.errors or None, "kept": kept, "places": places}
    return render(request, "programmes/group_all.html", shown | {"ending": False})


def finish(request: HttpRequest, group: int) -> HttpResponse:
    """The end of a group: how it ends for each."""
    reader: Reader = request.reader
    found = _mine(reader, group)
    if found.state != codes.RUNNING:
        raise Http404
    places = queries.seen_places(reader, found)
    names = _names(reader, {place.referral.person_id for place in places})
    start = {f"place-{place.pk}": codes.COMPLETE for place in places}
    form = OfAllForm(request.POST if request.method == "POST" else None, initial=start)
    form.fields.update(_each(places, names, ENDS, "Goes on with us, without the group"))
    if request.method == "POST" and form.is_valid() and not changing(request):
        if not checked(request):
            return _check_ends(request, found, form)
        ends = {place.pk: form.cleaned_data[f"place-{place.pk}"] for place in places}
        try:
            actions.finish(by=reader.by, group=found, ends=ends, on=reader.day)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(
                request, "The group is finished. Each report at the end waits on Today; you have 14 days to finish writing."
            )
            return redirect("group", group=found.pk)
    shown = {"group": found, "form": form, "errors": form.errors or None, "places": places, "ending": True}
    return render(request, "programmes/group_all.html", shown)


def _check_ends(request: HttpRequest, found: Group, form: OfAllForm) -> HttpResponse:
    """How it ends for each, once more before whoever sent the referrals is told."""
    rows = [(field.label, dict(field.choices)[form.cleaned_data[name]]) for name, field in form.fields.items()]
    left = [day for day in queries.days_of(found) if day.state == codes.PLANNED]
    then = "Whoever sent the referrals sees this at once. A completed referral cannot be opened again."
    then += f" {len(left)} of its days had no session: called off." if left else ""
    return check_answers(request, title=f"Check before you finish {found.name}", rows=rows, button="Finish the group", then=then)


def check(request: HttpRequest, check: int) -> HttpResponse:
    """For who may know: who of theirs is in the group, whom and what they must keep from; the answer in a word."""
    reader: Reader = request.reader
    found = GroupCheck.objects.filter(pk=check).select_related("group").first()
    places = list(queries.places_of(found.group)) if found else []
    people = {place.referral.person_id for place in places}
    mine = queries.checkable(reader, people)
    if found is None or not mine or found.fallen or found.group.state != codes.PLANNED:
        raise Http404
    form = GroupCheckForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            said = actions.answer_check(reader=reader, check=found, answer=form.cleaned_data["answer"])
        except UserError as error:
            refused(form, error)
        else:
            rest = "" if said else " Somebody else has still to answer for others in the group."
            messages.success(request, f"Kept. The provider sees the word alone.{rest}")
            return redirect("group-check", check=found.pk)
    told = queries.hits(sorted(people), mine, reader.day)
    known = mine | reader.allowed("identity", {n for hit in told for n in (hit.person_id, hit.other_id) if n})
    shown = {
        "check": found, "group": found.group, "names": named(known, known=reader.allowed("identity", known)), "mine": mine,
        "hits": told, "form": form, "errors": form.errors or None, "answer": codes.ANSWERS.get(found.answer, ""),
        "others": len([p for p in people if p not in mine and p not in reader.barred_among(people)]),
        "said": all(place.checked_id == found.pk for place in places if place.referral.person_id in mine),
    }  # fmt: skip
    return render(request, "programmes/group_check.html", shown)


DESK = {"needs": "sessions", "changes": "sessions", "roles": queries.DESKS}
PAGES = (
    Page(name="groups", route="groups/", view=groups, **DESK, menu="Groups", place=9),
    Page(name="group", route="groups/<int:group>/", view=group, **DESK),
    Page(name="group-attendance", route="groups/days/<int:day>/", view=attendance, **DESK),
    Page(name="group-finish", route="groups/<int:group>/finish/", view=finish, **DESK),
    Page(name="group-check", route="groups/checks/<int:check>/", view=check, needs="avoid", changes="avoid",
         roles=queries.CHECKERS),
)  # fmt: skip
