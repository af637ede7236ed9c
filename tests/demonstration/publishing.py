"""Run by itself on a home: publishes the report of the pilot's first months, approved by two people."""

from datetime import date

import django


def main() -> int:
    """Django first: what is asked for needs it to be ready."""
    from throughcare.casework.access.models import Account
    from throughcare.core.pilot import Period
    from throughcare.report.publication import actions
    from throughcare.web.clock import now

    at = now()
    one = actions.make(by="test", period=Period(start=date(2016, 2, 6), end=date(2016, 7, 1)), audience="public", at=at)
    one = actions.put_forward(by="test", edition=one, embargo_on=at.date(), why="", at=at)
    for name in ("analyst", "pilot-manager"):
        actions.approve(account=Account.objects.get(username=name), by=name, edition=one, sha256=one.sha256, at=at)
    return one.pk


if __name__ == "__main__":
    django.setup()
    print(main())
