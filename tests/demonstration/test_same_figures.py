"""One number everywhere: the API, the pages' files and the pages themselves give the published figures of the demonstration.

The report in its forms is held to them in test_published_figures; here it is what is served.
"""

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.demonstration.browser import serving, visiting
from tests.demonstration.conftest import run_in
from tests.demonstration.test_published_figures import PUBLISHED, agrees

pytestmark = pytest.mark.xdist_group("pilot")
MANAGER = "pilot-manager"
ON_A_PAGE = ("psr.cases", "psr.within_5_days_rate", "prison.cases_in_custody", "mentoring.seen", "taskings", "cohort.size")
Get = Callable[..., str]


@pytest.fixture(scope="module")
def served(pilot_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Address, and a token of the pilot manager."""
    home = Path(shutil.copytree(pilot_home, tmp_path_factory.mktemp("figures") / "home"))
    told = run_in(home)("token", "make", MANAGER, "--name", "Same figures", "--expires", "2018-01-31")
    with serving(home) as address:
        yield address, told.stdout.strip()


@pytest.fixture(scope="module")
def api(served: tuple[str, str]) -> Get:
    address, token = served

    def get(path: str, **asked: str) -> dict:
        request = Request(f"{address}/api/v1/{path}?{urlencode(asked)}", headers={"Authorization": f"Bearer {token}"})
        with urlopen(request, timeout=300) as answer:
            return json.load(answer)

    return get


def as_row(figure: dict) -> dict[str, str]:
    """A figure of the API in the form of `figures.csv`."""
    told = {name: "" if figure[name] is None else str(figure[name]) for name in ("value", "numerator", "denominator")}
    return told | {"unit": figure["unit"]}


def test_every_published_figure_is_what_the_api_gives(api):
    told = api("figures", start="2016-02-06", end="2017-01-01")
    found = {(each["id"], each["group"]): as_row(each) for each in told["figures"] if not each["by"]}
    wrong = [
        (each["id"], each["group"], each["value"], found.get((each["id"], each["group"])))
        for each in PUBLISHED
        if (each["id"], each["group"]) not in found or not agrees(each, found[each["id"], each["group"]])
    ]
    assert len(PUBLISHED) == 206
    assert wrong == []


@pytest.mark.parametrize("slug", ON_A_PAGE)
def test_a_page_its_file_and_the_api_have_one_number(api, served, browser, slug):
    """Over the months from February to December 2016; a page has the number as it is shown."""
    told = api(f"figures/{slug}", start="2016-02-01", end="2017-01-01")["figures"]
    with visiting(browser, served[0]) as visitor:
        visitor.sign_in("pilot_manager").go(f"/measures/{slug}/?since=2016-02&until=2016-12")
        page = visitor.text
        file = visitor.page.request.get(f"{served[0]}/measures/{slug}/figures.csv?since=2016-02&until=2016-12").text()
    rows = list(csv.DictReader(io.StringIO(file)))
    of_file = {(row["group"], row.get("month", ""), row.get("borough", ""), row["numerator"], row["denominator"]) for row in rows}
    counts = [(as_row(f)["numerator"], as_row(f)["denominator"]) for f in told]
    by = [(f["group"], f["by"].get("month", ""), f["by"].get("borough", "")) for f in told]
    assert {(*place, *each) for place, each in zip(by, counts, strict=True)} == of_file
    whole = [f for f in told if not f["by"]]
    assert whole and all(f"{float(f['shown']):,.{len(f['shown'].partition('.')[2])}f}" in page for f in whole if f["shown"])
