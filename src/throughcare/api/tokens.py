"""Who asks the API: the holder of a token, who works as the token's one post and as no other. A session lets nobody in."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from throughcare.casework.access.actions import note_use
from throughcare.casework.access.models import Token
from throughcare.casework.access.reader import Reader
from throughcare.casework.access.tokens import token_of
from throughcare.registry.parts import reach, service_rows
from throughcare.web.clock import today

A_MINUTE = 60


def reader_of(token: Token) -> Reader:
    """The reader that a token is today: its account, as this post alone, whatever others the account holds."""
    return Reader(
        account=token.account, post=token.post, posts=(token.post,), day=today(), reach=reach(), service_rows=service_rows()
    )


class Bearer(HttpBearer):
    """Authorization: Bearer, with a token. Puts the token's reader on the request, in place of any session's."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        found = token_of(token.strip(), today())
        if found is None:
            return None
        request.reader = reader_of(found)
        note_use(by=request.reader.by, token=found, on=request.reader.day)
        return found


class PerToken(BaseThrottle):
    """At most THROUGHCARE_API_RATE requests of one token in each minute of the clock. Holds no state of its own: it is shared."""

    def allow_request(self, request: HttpRequest) -> bool:
        key = f"api-{request.auth.pk}-{int(time.time()) // A_MINUTE}"
        asked = cache.get(key, 0) + 1
        cache.set(key, asked, 2 * A_MINUTE)
        return bool(asked <= settings.API_RATE)

    def wait(self) -> float:
        return A_MINUTE - time.time() % A_MINUTE
