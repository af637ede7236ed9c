"""Who is at the screen: `request.reader`, worked out once a request; None before sign-in."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse

from throughcare.casework.access.models import Account
from throughcare.casework.access.queries import posts_of
from throughcare.casework.access.reader import Reader
from throughcare.registry.parts import reach, service_rows
from throughcare.web.clock import today

POST = "post"


class ReaderMiddleware:
    """Puts the reader on the request, working as the post chosen last, else the first held."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        request.reader = reader_of(request.user, chosen=request.session.get(POST, "")) if signed_in else None
        response = self.get_response(request)
        if signed_in:
            response.headers["Cache-Control"] = "no-store"
        return response


def reader_of(account: Account, *, chosen: str = "", day: date | None = None) -> Reader:
    """The reader that an account is today, or on a day."""
    day = day or today()
    posts = tuple(posts_of(account, day))
    post = next((post for post in posts if post.slug == chosen), posts[0] if posts else None)
    return Reader(account=account, post=post, posts=posts, day=day, reach=reach(), service_rows=service_rows())
