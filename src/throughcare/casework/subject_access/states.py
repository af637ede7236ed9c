"""The states of a request, and which step leads from which to which. There is no other way."""

from dataclasses import dataclass
from typing import Literal

State = Literal["received", "identified", "asked", "redacted", "signed", "given", "withdrawn"]
SHOWN: dict[str, str] = {
    "received": "Received", "identified": "Identity checked", "asked": "Controllers asked", "redacted": "Waits for sign-off",
    "signed": "Signed off", "given": "Given", "withdrawn": "Withdrawn",
}  # fmt: skip
OPEN = ("received", "identified", "asked", "redacted", "signed")
NEXT: dict[str, str] = {
    "received": "check who they are", "identified": "ask each controller", "asked": "decide what is given",
    "redacted": "sign off", "signed": "give the answer",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: from which states, and to which; "" leaves it where it is."""

    start: tuple[str, ...]
    to: str = ""


STEPS: dict[str, Step] = {
    "match": Step(start=("received",)),
    "ask_proof": Step(start=("received",)),
    "identify": Step(start=("received",), to="identified"),
    "extend": Step(start=OPEN),
    "ask": Step(start=("identified",), to="asked"),
    "answer": Step(start=("asked",)),
    "rule": Step(start=("asked",)),
    "redact": Step(start=("asked",), to="redacted"),
    "send_back": Step(start=("redacted", "signed"), to="asked"),
    "sign": Step(start=("redacted",), to="signed"),
    "give": Step(start=("signed",), to="given"),
    "withdraw": Step(start=OPEN, to="withdrawn"),
    "open_again": Step(start=("given",), to="asked"),
}
