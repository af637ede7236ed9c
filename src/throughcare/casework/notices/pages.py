"""The reader's notices, newest first; the header leads here."""

from datetime import UTC, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.notices.actions import see
from throughcare.casework.notices.queries import notices_of, unseen
from throughcare.core.pages import SIGNED_IN, Page

A_PAGE = 25


def notices(request: HttpRequest) -> HttpResponse:
    """What was told to the reader's posts and account. Nothing here has to be done: that stands on Today."""
    new = unseen(request.reader)
    if request.method == "POST":
        one = [pk for pk in new if str(pk) == request.POST.get("notice")]
        see(reader=request.reader, notices=one if "notice" in request.POST else new, at=datetime.now(UTC))
        if "notice" in request.POST:
            messages.success(request, "Marked as seen. It stays among your notices.")
            return redirect("today")
        messages.success(request, "All are marked as seen.")
        return redirect("notices")
    page = Paginator(notices_of(request.reader), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/notices.html", {"page": page, "new": set(new)})


PAGES = (Page(name="notices", route="notices/", view=notices, needs=SIGNED_IN, changes=SIGNED_IN),)
