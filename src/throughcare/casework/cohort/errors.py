"""Why something cannot be done to the cohort: one class a cause."""

from throughcare.core.errors import UserError


class ReasonMissing(UserError):
    """A decision without its reason: the reason is kept with every decision about a person."""


class ProposalDecided(UserError):
    """A proposal that somebody has decided already, or that is no longer true."""


class OtherBorough(UserError):
    """A co-ordinator who decides for another borough."""


class WrongDay(UserError):
    """A day on which this cannot have been decided."""


class AlreadyMember(UserError):
    """A membership that would overlap another of the same person."""


class NotAMember(UserError):
    """Somebody who is no member on the day."""


class NoSuchRating(UserError):
    """A rating other than Red, Amber or Green."""


class NoSuchPerson(UserError):
    """A person who is not on record, or whose record redirects to another."""


class OneByOne(UserError):
    """Proposals decided together that each need a look at the person."""


class NothingToTakeBack(UserError):
    """A decision that cannot be taken back: there is none, or what came of it has gone on."""
