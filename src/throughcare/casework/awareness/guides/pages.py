"""The guide to a role, on one sheet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.policy import PROVIDER_ROLES, ROLES
from throughcare.casework.awareness.guides.queries import sheet, to_ring
from throughcare.casework.awareness.guides.roles import GUIDES
from throughcare.casework.pilot import current_pilot
from throughcare.core.pages import SIGNED_IN, Page


def guide(request: HttpRequest) -> HttpResponse:
    """To the guide of the role that the reader works as."""
    post = request.reader.post
    return redirect("guide-role", role=post.role) if post else redirect("account")


def guide_role(request: HttpRequest, role: str) -> HttpResponse:
    """What a role does here, in steps; its figures, services, pages and whom it rings."""
    if role not in GUIDES:
        raise Http404
    post, pilot = request.reader.post, current_pilot()
    provider = post.place if post and post.role in PROVIDER_ROLES else ""
    told = sheet(role, pilot, provider=provider)
    shown = {
        "sheet": told, "ring": to_ring(told.guide, post), "roles": ROLES, "own": bool(post and post.role == role), "pilot": pilot,
        "day": request.reader.day,
    }  # fmt: skip
    return render(request, "awareness/guide.html", shown)


PAGES = (
    Page(name="guide", route="guide/", view=guide, needs=SIGNED_IN),
    Page(name="guide-role", route="guide/<slug:role>/", view=guide_role, needs=SIGNED_IN),
)
