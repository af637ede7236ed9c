"""Who should join or leave, and why: joiners one by one, leavers by date or address together; how old the sources are."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort import actions
from throughcare.casework.cohort.filters import Asked, Filter
from throughcare.casework.cohort.models import JOIN, LEAVE, TRANSFER
from throughcare.casework.cohort.sources import by_agency, sources
from throughcare.casework.cohort.waiting import GROUPS, TOGETHER, Waiting, waiting
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.environment import count
from throughcare.design.forms import ChoiceField, TextField, refused

KINDS = {JOIN: "To join", LEAVE: "To leave", TRANSFER: "To pass to another borough"}
WAITS, PARKED = "Waiting", "Parked"
STALE = "Rests on an out-of-date source"


class TogetherForm(forms.Form):
    """What is decided of several leavers alike, and why."""

    fact = "cohort_membership"
    proposal = forms.MultipleChoiceField(
        required=True, error_messages={"required": "Tick who it is about", "invalid_choice": "One of these waits no more"}
    )
    answer = ChoiceField(label="What do you decide of those ticked?", choices={"leave": "They leave", "keep": "Keep them"})
    reason = TextField(label="Why?", help_text="Kept with each decision. The person may ask to see it", lines=2,
                       asks="Write why")  # fmt: skip


def proposals(request: HttpRequest) -> HttpResponse:
    """The proposals that wait, by what is asked; and several leavers decided together."""
    reader: Reader = request.reader
    found = sources(reader.day, pilot=current_pilot())
    rows = waiting(reader, found)
    posted = request.POST if request.method == "POST" else None
    ours = [row for row in rows if row.mine and row.group == TOGETHER]
    form = TogetherForm(posted)
    form.fields["proposal"].choices = [(str(row.proposal.pk), row.shown) for row in ours]
    if posted is not None and form.is_valid() and not changing(request):
        ticked = [row for row in ours if str(row.proposal.pk) in form.cleaned_data["proposal"]]
        answer = _decide(request, form, ticked)
        if answer is not None:
            return answer
    asked = Asked(request.GET, _filters(rows))
    kept = asked.kept(rows)
    shown = {
        "groups": {group: [row for row in kept if row.group == group] for group in GROUPS}, "asked": asked, "form": form,
        "ticked": form["proposal"].value() or [], "errors": form.errors or asked.form.errors or None, "kept": len(kept),
        "total": len(rows), "sources": found, "agencies": by_agency(found), "told": _told(kept),
        "boroughs": sorted({row.proposal.borough for row in kept}), "by_number": not reader.may("contact"),
        "out_of_date_days": current_pilot().out_of_date_days,
    }  # fmt: skip
    return render(request, "cohort/proposals.html", shown)


def _filters(rows: Sequence[Waiting]) -> list[Filter]:
    boroughs = sorted({row.proposal.borough for row in rows})
    why = sorted({row.proposal.because for row in rows if row.reasons})
    return [
        Filter(name="kind", label="What is proposed", values=list(KINDS.values()), of=lambda row: KINDS[row.proposal.kind]),
        Filter(name="borough", label="Borough", values=boroughs, of=lambda row: row.proposal.borough),
        Filter(name="why", label="Why", values=why, of=lambda row: row.proposal.because),
        Filter(name="state", label="State", values=(WAITS, PARKED), of=lambda row: PARKED if row.parked else WAITS),
        Filter(name="source", label="Sources", values=(STALE,), of=lambda row: STALE if row.stale else ""),
    ]  # fmt: skip


def _told(rows: Sequence[Waiting]) -> dict[str, Any]:
    """Since when, and how many of each kind: what is parked waits for nobody now."""
    now = [row for row in rows if not row.parked]
    numbers = Counter(row.proposal.kind for row in now)
    words = ((JOIN, "to join"), (LEAVE, "to leave"), (TRANSFER, "to pass to another borough"))
    return {
        "since": min((row.proposal.as_at for row in now), default=None), "parked": len(rows) - len(now),
        "numbers": ", ".join(f"{numbers[kind]} {said}" for kind, said in words if numbers[kind] or kind != TRANSFER),
    }  # fmt: skip


def _decide(request: HttpRequest, form: TogetherForm, ticked: Sequence[Waiting]) -> HttpResponse | None:
    """Shows the answers once more, then carries them out; None where they are refused."""
    leave, reason, reader = form.cleaned_data["answer"] == "leave", form.cleaned_data["reason"], request.reader
    verb = "leave the cohort today" if leave else "stay in the cohort"
    if not checked(request):
        told = [(row.shown, "; ".join(row.reasons)) for row in ticked]
        told += [("What you decide", f"{count(len(ticked), 'person', 'people')}: they {verb}"), ("Why", reason)]
        return check_answers(
            request, title="Check before you decide", rows=told, button="Keep the decision",
            then="It is kept with your reason for each of them. Each can be taken back on its own page, today.",
        )  # fmt: skip
    try:
        done = actions.leave_together(
            by=reader.by, proposals=[row.proposal for row in ticked], leave=leave, reason=reason, on=reader.day
        )
    except UserError as error:
        refused(form, error)
        return None
    return render(request, "cohort/decided.html", {"rows": ticked, "verb": verb, "reason": reason, "number": len(done)})


PAGES = (
    Page(name="cohort-proposals", route="cohort/proposals/", view=proposals, needs="cohort_membership",
         changes="cohort_membership"),
)  # fmt: skip
