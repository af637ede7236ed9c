"""What the desk's script opens its store with, and for how long. ADR 0016 says what this protects against, and what not."""

from datetime import datetime, timedelta
from typing import Any

from throughcare.casework.access.kept import key_of, owner_of
from throughcare.casework.access.models import Account
from throughcare.casework.pilot import current_pilot

AT_LEAST = timedelta(hours=1)


def seconds_kept(now: datetime) -> int:
    """For how long a desk loaded at this London time may be kept: to the end of the court day, and for an hour at least.

    So that a desk opened in the evening, or for a court that sits late, can be read without a connection too.
    """
    ends = datetime.combine(now.date(), current_pilot().court_desk.kept_until, tzinfo=now.tzinfo)
    return int(max(ends - now, AT_LEAST).total_seconds())


def vault_of(account: Account, now: datetime) -> dict[str, Any]:
    """What `kept.js` opens a vault with."""
    return {"owner": owner_of(account), "key": key_of(account), "seconds": seconds_kept(now)}
