"""Evidence packs: made of a match for a request, and taken as a PDF."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.people.names import Named, named
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import refused
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.crimes.match_page import match_of, person_of_match
from throughcare.strands.tagging.evidence import actions
from throughcare.strands.tagging.evidence.forms import PackForm
from throughcare.strands.tagging.evidence.paper import Request

ROW = "tag_positions"


def new(request: HttpRequest, match: int) -> HttpResponse:
    """What was asked for, by whom, and who states what is in the pack."""
    found = match_of(match)
    form = PackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.make(reader=request.reader, match=found, request=Request(**form.cleaned_data))
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "The pack is made, and its hash is kept. Nothing was sent: take the PDF here.")
            return redirect("evidence-pack", pack=kept.pk)
    shown = {"form": form, "errors": form.errors or None, "match": found, "person": _person(request, found.person_id)}
    return render(request, "tagging/evidence_new.html", shown)


def one(request: HttpRequest, pack: int) -> HttpResponse:
    """A pack: for which request, when and by whom it was made, and the hashes of it and of its positions."""
    found = pack_of(pack)
    shown = {"pack": found, "told": json.loads(found.told), "person": _person(request, found.person_id), "match": found.match}
    return render(request, "tagging/evidence_pack.html", shown)


def pdf(request: HttpRequest, pack: int) -> HttpResponse:
    """The PDF; where it can no longer be made as it was, back to its page with the reason."""
    found = pack_of(pack)
    try:
        made = actions.give(reader=request.reader, kept=found)
    except UserError as error:
        messages.error(request, f"{error.what}. To mend it, {error.mend}.")
        return redirect("evidence-pack", pack=pack)
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="evidence-pack-{pack}.pdf"'
    return answer


def _person(request: HttpRequest, person: int) -> Named:
    return named([person], known=[person] if "identity" in request.rows else [])[person]


def pack_of(number: int) -> m.EvidencePack:
    """A pack; KeyError where there is none."""
    found = m.EvidencePack.objects.select_related(
        "match__result__version__crime", "match__result__run", "match__fitting", "match__order"
    ).filter(pk=number).first()  # fmt: skip
    if found is None:
        raise KeyError(number)
    return found


def person_of_pack(pack: int) -> int:
    return pack_of(pack).person_id


PAGES = (
    Page(name="evidence-new", route="tags/matches/<int:match>/evidence/", view=new, needs=ROW, changes=ROW, form=True,
         person_of=person_of_match),
    Page(name="evidence-pack", route="tags/evidence/<int:pack>/", view=one, needs=ROW, person_of=person_of_pack),
    Page(name="evidence-pdf", route="tags/evidence/<int:pack>/pack.pdf", view=pdf, needs=ROW, person_of=person_of_pack),
)  # fmt: skip
