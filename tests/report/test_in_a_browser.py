"""The page in Chromium, at a desk and on a phone: nothing that axe finds, nothing too wide."""

import pytest

from tests.demonstration.browser import opened, visiting


@pytest.mark.parametrize("audience", ["governance", "public"])
def test_the_page_has_no_fault_for_axe_and_fits_the_screen(written, audience):
    address = (written(audience).folder / "index.html").as_uri()
    with opened() as browser:
        for size in ("desktop", "phone"):
            with visiting(browser, "", size=size) as visitor:
                visitor.page.goto(address)
                assert visitor.faults() == [], size
