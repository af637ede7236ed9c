"""The access policy as a page that its signatories can read, and help for a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.policy import ROLES, policy
from throughcare.core.pages import SIGNED_IN, Page

SCOPE_WORDS = {
    "pilot": "figures of the whole pilot",
    "study": "the frozen copy of a registered study",
    "borough": "people of the borough",
    "office": "people of the posts in one's charge",
    "court": "people on the court's lists",
    "caseload": "one's own caseload",
    "prison": "people in the prison, or just released",
    "provider": "people referred to the organisation",
    "referrals": "people referred to one's team",
    "matched": "people matched with oneself",
    "health": "people in the pathway",
    "employment": "people in the pathway",
    "requested": "people a plan was requested for",
    "orders": "people with an order",
    "request": "what an open request covers",
    "log": "the log alone",
    "accounts": "accounts and settings",
}


def who_sees_what(request: HttpRequest) -> HttpResponse:
    """The policy: by role what it may see and change, of whom. First for the reader's own post."""
    chosen = request.GET.get("role") or (request.reader.post.role if request.reader.post else "")
    role = chosen if chosen in ROLES else next(iter(ROLES))
    told = policy()
    rows = [
        {"data": words[:1].upper() + words[1:], "action": cell.action, "scope": SCOPE_WORDS[cell.scope]}
        for slug, words in told.rows.items()
        if (cell := told.cell(slug, role))
    ]
    return render(request, "web/who_sees_what.html", {"roles": ROLES, "role": role, "rows": rows})


def page_help(request: HttpRequest) -> HttpResponse:
    """What is where, and whom to ask."""
    return render(request, "web/help.html")


PAGES = (
    Page(name="who-sees-what", route="who-sees-what/", view=who_sees_what, needs=SIGNED_IN),
    Page(name="help", route="help/", view=page_help, needs=SIGNED_IN),
)
