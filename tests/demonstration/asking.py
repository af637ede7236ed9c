"""Builds a home with an analyst alone: `python -m tests.demonstration.asking HOME`."""

import sys
from datetime import date
from pathlib import Path

from tests.demonstration.grouping import turn_to
from tests.demonstration.planted import PASSWORD

DAY = date(2016, 10, 14)


def build(home: Path) -> None:
    from throughcare.cli.store import open_store

    turn_to(home, DAY)
    open_store(home)
    from throughcare.casework.access import actions as access

    post = access.make_post(by="test", slug="analyst", title="Analyst", role="analyst")
    access.hold(by="test", post=post, account=access.make_account(by="test", username="analyst", password=PASSWORD),
                start=date(2016, 1, 1))  # fmt: skip


if __name__ == "__main__":
    build(Path(sys.argv[1]))
