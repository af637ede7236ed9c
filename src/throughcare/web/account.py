"""One's own account: the post one works as, one's posts, one's ways of signing in; and what keeps a session alive."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from throughcare.core.pages import SIGNED_IN, Page
from throughcare.web.middleware import POST


def account(request: HttpRequest) -> HttpResponse:
    """Who I am to the service: my posts with their scope, and how I sign in."""
    return render(request, "web/account.html")


def switch(request: HttpRequest) -> HttpResponse:
    """Choosing the post to work as; what each shows is its own."""
    if request.method == "POST":
        chosen = next((post for post in request.reader.posts if post.slug == request.POST.get("post")), None)
        if chosen is not None:
            request.session[POST] = chosen.slug
            messages.success(request, f"You are working as {chosen.title}.")
            return redirect("today")
    return render(request, "web/switch.html")


def still_here(request: HttpRequest) -> HttpResponse:
    """Asked by the page while somebody types: the session goes on."""
    return JsonResponse({"still": True})


PAGES = (
    Page(name="account", route="account/", view=account, needs=SIGNED_IN),
    Page(name="switch", route="account/post/", view=switch, needs=SIGNED_IN, changes=SIGNED_IN),
    Page(name="still-here", route="still-here/", view=still_here, needs=SIGNED_IN),
)
