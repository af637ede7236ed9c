"""What is refused of the words of reports, of enquiries and of checks: one class a cause."""

from throughcare.core.errors import UserError


class NotToBeWritten(UserError):
    """A report of which no words can be begun: none is asked for, or it is an oral one, or a draft is there already."""


class Signed(UserError):
    """A version that is signed, and so is never changed."""


class ChangedMeanwhile(UserError):
    """Somebody else has changed the section since it was opened: what was typed is shown beside what is kept."""


class TooLong(UserError):
    """A section longer than the store takes."""


class NotComplete(UserError):
    """A report with sections that are not done."""


class NotTakenBack(UserError):
    """A delivery that cannot be taken back: of another day, or another's."""


class EnquiryRefused(UserError):
    """An enquiry that cannot be asked, chased, answered or withdrawn."""


class NotChecked(UserError):
    """A check of quality that cannot be: of one's own report, of one not in the sample, twice, or without an answer."""
