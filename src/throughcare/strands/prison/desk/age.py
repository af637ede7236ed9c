"""How old the prisons' extract is, said wherever something rests on it: what did not come is never told as nothing."""

from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.casework.cohort.sources import source
from throughcare.casework.imports.models import FileLoad
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date, london_day
from throughcare.core.dates import weekday_in_words

FEED = "prison-spells"
ONE_DAY = timedelta(days=1)


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
    """Of the extract of time in prison, on the day. One of the day itself is fresh; else one that is not late, nor out of date:
    without a time at which it is to be here, that of yesterday.
    """
    pilot = current_pilot()
    found = source(FEED, day, pilot=pilot)
    came = FileLoad.objects.filter(feed=FEED, corrects=None, loaded_at__lt=london_day(day)[1]).order_by("-loaded_at").first()
    if came is None:
        return Age(fresh=False, came=False, words="No extract of the prisons has come: who is in prison is not known here.")
    days = (day - london_date(came.loaded_at)).days
    expected = pilot.expectation(FEED) is not None and pilot.life.contains(day)
    fresh = days == 0 or (not found.late and not found.out_of_date and (expected or days == 1))
    old = "of today" if days == 0 else f"{days} {'day' if days == 1 else 'days'} old"
    late = "" if fresh else " What has happened since is not here."
    on = weekday_in_words(day - days * ONE_DAY)
    return Age(fresh=fresh, came=True, words=f"As the prisons told it on {on}: the extract is {old}.{late}")
