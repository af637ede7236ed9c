"""The mail server, from the environment: THROUGHCARE_MAIL_SERVER and THROUGHCARE_MAIL_FROM."""

from typing import Any
from urllib.parse import unquote, urlsplit

from throughcare.core.errors import UserError

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class MailSettingError(UserError):
    """A mail server that cannot be one, or mail without a sender."""


def mail_server(url: str, sender: str, *, demonstration: bool = False) -> dict[str, Any]:
    """Django's settings for `smtps://user:password@host:port`; `smtp+starttls` and, within one's own network, `smtp` may stand
    for smtps. Without one nothing is ever sent. A demonstration sends nothing: what it would send is printed on its console."""
    if demonstration:
        told = "django.core.mail.backends.console.EmailBackend"
        return {"EMAIL_BACKEND": told, "DEFAULT_FROM_EMAIL": "throughcare@example.org"}
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise MailSettingError(
            what="the mail server cannot be read", record="THROUGHCARE_MAIL_SERVER",
            expected=f"one of {', '.join(PORTS)}, and a host", mend="write it as smtps://user:password@mail.example.org",
        )  # fmt: skip
    if "@" not in sender:
        raise MailSettingError(
            what="there is a mail server and no sender", record="THROUGHCARE_MAIL_FROM", expected="an e-mail address",
            mend="name the address that the service writes from",
        )  # fmt: skip
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme], "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""), "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls", "EMAIL_TIMEOUT": 20, "DEFAULT_FROM_EMAIL": sender,
    }  # fmt: skip
