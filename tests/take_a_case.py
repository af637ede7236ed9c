"""Run as a program on a store of its own: two court officers take one case at the same moment. Prints what came of the two."""

import os
from pathlib import Path
from tempfile import mkdtemp

from tests.at_once import at_once
from throughcare.cli.store import open_store


def main() -> None:
    home = Path(os.environ["THROUGHCARE_HOME"])
    home.mkdir(parents=True, exist_ok=True)
    (home / "demonstration.txt").write_text("day: 2016-12-07\n", encoding="utf-8")
    open_store()
    from tests.courtroom import COURT
    from tests.web.access.world import BEFORE, DAY, plant
    from throughcare.casework.access import actions as access
    from throughcare.strands.courts.desk import actions
    from throughcare.strands.courts.models import CaseTaken

    world = plant(Path(mkdtemp()))
    post = access.make_post(by="test", slug="second", title="Second officer", role="court_officer", place=COURT)
    account = access.make_account(by="test", username="second")
    access.hold(by="test", post=post, account=account, start=BEFORE)
    world.accounts["second"], world.posts["second"] = account, post
    told = {"person": world.people["in"], "court": COURT, "day": DAY}
    came = at_once(*(lambda name=name: actions.take(reader=world.reader(name), **told) for name in ("court_officer", "second")))
    print(*came, CaseTaken.objects.filter(ended_at=None).count())


if __name__ == "__main__":
    main()
