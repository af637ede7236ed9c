"""How old the prisons' extract is, said wherever something rests on it: what did not come is never told as nothing."""

from dataclasses import dataclass
from datetime import date

from throughcare.casework.cohort.sources import source
from throughcare.casework.pilot import current_pilot

FEED = "prison-spells"


@dataclass(frozen=True, kw_only=True)
class Age:
    """fresh: an empty list means that there is nobody. words: how old the extract is; nothing: what an empty list says."""

    fresh: bool
    came: bool
    words: str

    def nothing(self, words: str) -> str:
        """Of an empty list: `words` where the extract is here as it should be; else that it cannot be known."""
        if self.fresh:
            return words
        if not self.came:
            return "Not known: no extract of the prisons has come. Ring the prison, and see under imports why it has not."
        return "None in the last extract, which is old: somebody may have moved or been released since. Ring the prison."


def age(day: date) -> Age:
    """Of the extract of time in prison, on the day. Without a time at which it is to be here, one of yesterday is still fresh."""
    pilot = current_pilot()
    found = source(FEED, day, pilot=pilot)
    if found.days is None:
        return Age(fresh=False, came=False, words="No extract of the prisons has come: who is in prison is not known here.")
    expected = pilot.expectation(FEED) is not None and pilot.life.contains(day)
    fresh = not found.late and not found.out_of_date and (expected or found.days <= 1)
    late = "" if fresh else ". What has happened since is not here"
    return Age(fresh=fresh, came=True, words=f"As the prisons told it: the extract is {found.age}{late}.")
