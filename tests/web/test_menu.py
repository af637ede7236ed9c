"""Where one is: of pages with a place in the menu, the one whose address says most of where the page lies, and no other."""

from types import SimpleNamespace

import pytest

from throughcare.core.pages import SIGNED_IN
from throughcare.web import context

PAGES = {"Today": "/", "Tags": "/tags/", "Crimes": "/tags/crimes/", "Prison": "/prison/"}


@pytest.mark.parametrize(("path", "active", "current"), [
    ("/", "", "Today"), ("/tags/", "Tags", "Tags"), ("/tags/7/map/", "Tags", ""), ("/tags/crimes/", "Crimes", "Crimes"),
    ("/tags/crimes/3/", "Crimes", ""), ("/people/7/", "", ""), ("/prison/wings/", "Prison", ""),
])  # fmt: skip
def test_one_place_of_the_menu_is_where_the_page_lies(monkeypatch, path, active, current):
    pages = [SimpleNamespace(menu=words, name=words, place=n, roles=(), needs=SIGNED_IN) for n, words in enumerate(PAGES)]
    monkeypatch.setattr(context, "all_pages", lambda: pages)
    monkeypatch.setattr(context, "reverse", PAGES.__getitem__)
    told = context.menu(SimpleNamespace(reader=object(), path=path))
    assert [each["text"] for each in told] == list(PAGES)
    assert "".join(each["text"] for each in told if each["active"]) == active
    assert "".join(each["text"] for each in told if each["current"]) == current
