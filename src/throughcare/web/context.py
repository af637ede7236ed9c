"""What the frame of every page shows: the menu, the pilot's name, how many notices are new."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from throughcare.casework.access.kept import owner_of
from throughcare.casework.notices.queries import new
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.core.pages import SIGNED_IN
from throughcare.registry import parts
from throughcare.web.addresses import all_pages


def frame(request: HttpRequest) -> dict[str, Any]:
    """The variables that `design/page.html` needs, whatever the page."""
    reader = getattr(request, "reader", None)
    return {
        "kept_owner": owner_of(reader.account) if reader else "",
        "reader": reader, "may_find": reader is not None and reader.may("identity"),
        "menu": menu(request), "new_notices": partial(new_notices, request),
        "beside_referral": partial(beside_referral, request),
        "pilot_name": current_pilot().name,
        "demonstration": settings.DEMONSTRATION,
        "idle_seconds": settings.IDLE_SECONDS,
    }


def new_notices(request: HttpRequest) -> int:
    """How many notices the reader has not seen; asked once a request, and only by a page that says so."""
    if not hasattr(request, "new_notices"):
        request.new_notices = new(request.reader)
    return len(request.new_notices)


def beside_referral(request: HttpRequest, referral: Referral) -> list[dict[str, str]]:
    """The pages of its strand beside a referral that the reader may view, on a page about its person."""
    told = [page for page in parts.beside(referral.service) if page.needs in request.rows]
    return [{"text": page.beside, "href": reverse(page.name, kwargs={"referral": referral.pk})} for page in told]


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages with a place in the menu that the reader may view, as the navigation takes them. Active is the one within whose
    address the page lies; of several, the one that says most.
    """
    reader = getattr(request, "reader", None)
    if reader is None:
        return []
    shown = sorted((page for page in all_pages() if page.menu), key=lambda page: page.place)
    places = [
        (page.menu, reverse(page.name))
        for page in shown
        if not page.roles or reader.held(*page.roles)
        if page.needs == SIGNED_IN or (reader.may(page.changes, "edit") if page.form else reader.may(page.needs))
    ]
    within = max((to for _, to in places if to != "/" and request.path.startswith(to)), key=len, default="")
    return [{"text": words, "href": to, "current": request.path == to, "active": to == within} for words, to in places]
