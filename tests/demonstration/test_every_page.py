"""Every page that anybody can reach, at two widths, with axe, and at 200% zoom: nothing that axe finds, nothing too wide.

Each role follows the links it is shown. A kind of page is looked at once, by the first role that comes to it. Slow: it runs in
`make test-browser`.
"""

import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import SIZES, Visitor, visiting
from throughcare.casework.access.policy import ROLES

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pilot")]
LEFT_ALONE = ("/sign-in/out", "/static/", "/still-here", "/report/")
FILES = (".csv", ".pdf", ".txt", ".json", ".parquet", ".toml", ".svg", ".png", ".html")
MOST = 90
LINK = re.compile(r'<a [^>]*href="([/?][^"]*)"')


@pytest.fixture(scope="module")
def seen() -> dict[str, str]:
    """The kinds of page looked at so far, and by whom."""
    return {}


def kind_of(path: str) -> str:
    """The address with its numbers and words left out: pages of one kind are alike."""
    bare, _, query = path.partition("?")
    bare = re.sub(r"/\d+", "/N", bare)
    bare = re.sub(r"^/(caseloads|rights/posts|measures|dashboard|panels/N/packs|studies|worth)/(?!new/)[^/]+/", r"/\1/S/", bare)
    bare = re.sub(r"^/s/[^/]+/", "/s/S/", bare)
    return bare + ("?" + re.sub(r"=[^&]*", "", query) if query else "")


@pytest.mark.parametrize("role", ROLES)
def test_pages_hold_for_everybody(service: str, browser: Browser, seen: dict[str, str], role: str):
    wrong: list[str] = []
    with visiting(browser, service) as visitor:
        visitor.sign_in(role)
        fresh = list(_fresh(visitor, seen, role))
        cookies = visitor.page.context.cookies()
    for size in SIZES:
        with visiting(browser, service, size=size) as visitor:
            visitor.page.context.add_cookies(cookies)
            for path in fresh:
                visitor.go(path)
                wrong += [f"{path} ({size}): {fault}" for fault in visitor.faults(axe=size != "200% zoom")]
                visitor.complaints.clear()
    assert wrong == []


def _fresh(visitor: Visitor, seen: dict[str, str], role: str) -> Iterator[str]:
    """Follows links from Today, without drawing the pages; gives those of kinds that nobody has looked at."""
    ask = visitor.page.context.request
    waiting, known = deque(["/"]), set()
    while waiting and len(known) < MOST:
        path = waiting.popleft()
        if kind_of(path) in known or path.startswith(LEFT_ALONE) or path.partition("?")[0].endswith(FILES):
            continue
        known.add(kind_of(path))
        answer = ask.get(visitor.address + path)
        assert answer.status == 200, f"{role} is shown a link to {path}, which answers {answer.status}"
        if "html" not in answer.headers.get("content-type", ""):
            continue
        if kind_of(path) not in seen:
            seen[kind_of(path)] = role
            yield path
        waiting.extend(urljoin(path, unescape(link)).partition("#")[0] for link in LINK.findall(answer.text()))


def test_most_kinds_of_page_were_looked_at(seen: dict[str, str]):
    """A crawl that finds nothing proves nothing: the pages of the service are known by their addresses."""
    known = {
        "/", "/people/N/", "/people/N/timeline/", "/people/N/score/", "/people/N/held/", "/rights/", "/imports/", "/log/",
        "/find/", "/referrals/N/", "/cohort/", "/cohort/proposals/", "/cohort/proposals/N/", "/cohort/changes/",
        "/panels/", "/panels/N/",
        "/same-person/", "/same-person/N/N/", "/dashboard/", "/measures/S/", "/score/calibration/",
        "/subject-access/", "/notices/", "/employment/", "/employment/vacancies/N/", "/people/N/employment/",
    }  # fmt: skip
    assert known <= {kind.partition("?")[0] for kind in seen}
    assert len(seen) > 60
