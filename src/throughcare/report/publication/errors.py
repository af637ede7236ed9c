"""What is refused of drafts and publications: one class a cause."""

from throughcare.core.errors import UserError


class NoSuchPublication(UserError):
    """A number that no publication has."""


class SomebodyElseWrote(UserError):
    """A chapter that was written anew since it was opened."""


class NotADraft(UserError):
    """What is put forward or withdrawn is not changed; what is a draft is not approved."""


class NotReady(UserError):
    """A draft with faults in its prose, without a reason for what changed, or with an embargo that is over."""


class SamePerson(UserError):
    """A second approval by who gave the first."""


class NotTheSame(UserError):
    """A publication made anew that is not, to the byte, what was published."""
