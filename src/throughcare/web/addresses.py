"""Every address: those that the parts declare, those of the web itself. One list, so that a test can walk it."""

from functools import cache

from django.urls import URLPattern, path

from throughcare.core.pages import Page
from throughcare.registry.parts import pages as of_parts
from throughcare.registry.parts import tabs
from throughcare.web.guard import guarded


@cache
def all_pages() -> tuple[Page, ...]:
    from throughcare.web.pages import PAGES
    from throughcare.web.person import added

    return (*PAGES, *(added(tab) for tab in tabs()), *of_parts())


def patterns() -> list[URLPattern]:
    """Every page behind its guard."""
    return [path(page.route, guarded(page), name=page.name) for page in all_pages()]
