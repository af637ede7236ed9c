"""What is refused when somebody is referred: no agreement, what cannot be struck out, services that clash."""

from collections.abc import Collection, Mapping

from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.errors import Clash, NotAgreed, NotWithheld
from throughcare.casework.referrals.models import AGREEMENTS, STRUCK
from throughcare.casework.referrals.standing import REQUIREMENT


def check_agreement(agreement: str, route: str, service: str) -> None:
    """Refuses what goes without the person's agreement, where no order requires it. "": not told."""
    if agreement not in ("", *AGREEMENTS):
        raise NotAgreed(
            what=f"{agreement!r} is no answer to what was explained and agreed", record=service, expected=" or ".join(AGREEMENTS),
            mend="give one of these",
        )  # fmt: skip
    if agreement in ("", "agreed") or route == REQUIREMENT:
        return
    name = current_pilot().service(service).name
    raise NotAgreed(
        what=f"{name} is not an activity requirement of the order, so nobody is sent there without agreeing", record=service,
        expected="a person who agrees, or a service that the order requires",
        mend="explain it and ask the person, leave the service out, or correct how they come to it",
    )  # fmt: skip


def check_struck(withheld: Mapping[str, str], service: str) -> None:
    """Refuses to strike out what cannot be, and risks without a reason: they are told for the safety of workers."""
    if unknown := sorted(set(withheld) - set(STRUCK)):
        raise NotWithheld(
            what=f"{', '.join(unknown)} cannot be struck out of a referral", record=service, expected=" or ".join(STRUCK),
            mend="leave it in",
        )  # fmt: skip
    if "risks" in withheld and not withheld["risks"].strip():
        raise NotWithheld(
            what="Risks are struck out without saying why", record=service,
            expected="a reason: a worker's safety may rest on them",
            mend="say why the provider must not see them, or leave them in",
        )  # fmt: skip


def clashes_of(service: str, others: Collection[str]) -> tuple[str, ...]:
    """The names of those of the other services that do not go together with this one."""
    pilot = current_pilot()
    known = {each.slug for each in pilot.services}
    return tuple(pilot.service(other).name for other in others if other in known and pilot.clash(service, other))


def check_clashes(service: str, in_hand: Collection[str], override: str) -> tuple[str, ...]:
    """What clashes, in words, where somebody said why all the same; refused where nobody did."""
    found = clashes_of(service, in_hand)
    if not found:
        return ()
    words = f"{current_pilot().service(service).name} does not go together with {' or '.join(found)}"
    if not override.strip():
        raise Clash(
            what=f"{words}, to which the person is referred", record=service, expected="services that go together",
            mend="send them one after the other, or say why all the same",
        )  # fmt: skip
    return (words,)
