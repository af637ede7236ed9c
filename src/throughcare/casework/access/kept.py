"""What a browser may be given so that it can keep a page for one account without a connection, for a day at most (ADR 0016).

The key is worked out from the service's secret, the account and the day: the same account gets the same key again after the idle
sign-out, another account never does, and from the next day on nobody does. A day ends at four in the morning.
"""

from base64 import b64encode
from datetime import UTC, datetime, timedelta

from django.utils.crypto import salted_hmac

from throughcare.casework.access.models import Account
from throughcare.core.clock import london_date

NIGHT = timedelta(hours=4)


def owner_of(account: Account) -> str:
    """A word for the account today that tells nobody whose it is."""
    return salted_hmac("throughcare.kept.owner", _whose(account), algorithm="sha256").hexdigest()[:32]


def key_of(account: Account) -> str:
    """The account's key of today: 256 bits, in base64. For a page that this account alone is shown."""
    return b64encode(salted_hmac("throughcare.kept.key", _whose(account), algorithm="sha256").digest()).decode()


def _whose(account: Account) -> str:
    return f"{account.pk}|{london_date(datetime.now(UTC) - NIGHT)}"
