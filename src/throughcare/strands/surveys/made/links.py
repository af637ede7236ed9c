"""The link of an invitation: made anew from its nonce and the service's key each time, so that no link lies in the store."""

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

SALT = "throughcare.surveys.link"
NONCE, SEAL = 16, 24


def new_nonce() -> str:
    """Drawn, and so nobody's and in no order."""
    return get_random_string(NONCE, "abcdefghijkmnpqrstuvwxyz23456789")


def token_of(nonce: str) -> str:
    return f"{nonce}{_seal(nonce)}"


def nonce_of(token: str) -> str:
    """The nonce of a token that the service made; "" of any other."""
    nonce, seal = token[:NONCE], token[NONCE:]
    return nonce if constant_time_compare(seal, _seal(nonce)) else ""


def path_of(nonce: str) -> str:
    """The address of the page within the service."""
    return reverse("survey-answer", kwargs={"token": token_of(nonce)})


def address_of(nonce: str) -> str:
    """The whole address of the page, for an e-mail or a slip of paper."""
    return f"{settings.ADDRESS}{path_of(nonce)}"


def _seal(nonce: str) -> str:
    return salted_hmac(SALT, nonce, algorithm="sha256").hexdigest()[:SEAL]
