"""Sign-in as it is configured: choices from the environment, and the organisations' own sign-ons from a TOML file.

The file has one `[[sign_on]]` for each:

    [[sign_on]]
    id = "probation"                      # part of the address that the provider answers to
    name = "Probation Service"            # on the button
    server_url = "https://login.example.org/realm"
    client_id = "throughcare"
    secret_file = "probation.secret"      # beside the file, unless the path is absolute
    username_claim = "preferred_username" # optional: the claim that is our username
    emails_verified = true                # optional: the provider vouches for e-mail addresses without saying so
    second_step = true                    # optional, true unless said: it asks for a second factor itself
"""

import os
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from throughcare.web.sign_in.errors import SignInSettingError

NEEDED = {"id": str, "name": str, "server_url": str, "client_id": str, "secret_file": str}
OPTIONAL = {"username_claim": str, "emails_verified": bool, "second_step": bool}


@dataclass(frozen=True, kw_only=True)
class SignOn:
    """An organisation's own sign-on. `username_claim`: "" where accounts are found by e-mail address alone."""

    id: str
    name: str
    server_url: str
    client_id: str
    secret: str = field(repr=False)
    username_claim: str = ""
    emails_verified: bool = False
    second_step: bool = True

    @property
    def app(self) -> dict[str, Any]:
        """The sign-on as django-allauth takes it."""
        told = {"server_url": self.server_url, "verified_email": self.emails_verified}
        return {"provider_id": self.id, "name": self.name, "client_id": self.client_id, "secret": self.secret, "settings": told}


def one_of(variable: str, usual: str, *others: str) -> str:
    """The value of an environment variable that has a few; `usual` where it is not set. Another value is refused."""
    value = os.environ.get(variable, "") or usual
    if value not in (usual, *others):
        raise SignInSettingError(
            what=f"{variable}={value} is not known", record="", expected=" or ".join((usual, *others)), mend="correct it"
        )
    return value


def no_sign_ons() -> tuple[SignOn, ...]:
    return ()


def sign_ons(path: str) -> tuple[SignOn, ...]:
    """The sign-ons of the file. A key that is not known, is missing, or is of another kind is refused."""
    file = Path(path)
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise _refused(f"THROUGHCARE_OIDC cannot be read ({error})", path, "a TOML file") from error
    if set(told) != {"sign_on"}:
        raise _refused("the file has something else", path, "[[sign_on]] and nothing else")
    found = tuple(_sign_on(entry, file) for entry in told["sign_on"])
    if len({sign_on.id for sign_on in found}) < len(found):
        raise _refused("two sign-ons have the same id", path, "an id for each")
    return found


def _sign_on(entry: dict[str, Any], file: Path) -> SignOn:
    record = f"{file}, sign-on {entry.get('id', '')!r}"
    for key, value in entry.items():
        kind = (NEEDED | OPTIONAL).get(key)
        if kind is None:
            raise _refused(f"{key!r} is not known", record, ", ".join(NEEDED | OPTIONAL))
        if not isinstance(value, kind) or value == "":
            raise _refused(f"{key} = {value!r} cannot be", record, "words" if kind is str else "true or false")
    if missing := [key for key in NEEDED if key not in entry]:
        raise _refused(f"{missing[0]} is missing", record, ", ".join(NEEDED))
    if not re.fullmatch(r"[a-z0-9-]+", entry["id"]):
        raise _refused(f"id = {entry['id']!r} cannot be part of an address", record, "small letters, digits and hyphens")
    secret = file.parent / entry["secret_file"]
    try:
        words = secret.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise _refused(f"the secret cannot be read ({error})", record, "a file that the service may read") from error
    return SignOn(secret=words, **{key: value for key, value in entry.items() if key != "secret_file"})


def _refused(what: str, record: str, expected: str) -> SignInSettingError:
    return SignInSettingError(what=what, record=record, expected=expected, mend="correct the file that THROUGHCARE_OIDC names")
