"""A drawing that is named twice: its first name and description are not lost, and it stands under its second alone."""

import re

from throughcare.core.drawings import accessible, undressed

BARE = '<svg class="marks" width="9" height="9"><defs><clipPath id="c1"/></defs><g clip-path="url(#c1)"/></svg>'


def test_name_and_description_come_back_as_they_were_given():
    drawn = accessible(BARE, slug="over-time", title="Treated & compared", says="Fewer than <5.")
    title, says, bare = undressed(drawn)
    assert (title, says) == ("Treated & compared", "Fewer than <5.")
    assert "<title" not in bare and "<desc" not in bare


def test_under_another_slug_every_identifier_is_its_own_and_still_found():
    _, _, bare = undressed(accessible(BARE, slug="over-time", title="T", says="S"))
    one, other = (accessible(bare, slug=slug, title="T", says="S") for slug in ("study-1", "study-2"))
    ids = [re.findall(r'\bid="([^"]+)"', each) for each in (one, other)]
    assert len(ids[0]) == 3 and not {*ids[0]} & {*ids[1]}
    assert {*re.findall(r"url\(#([^)]+)\)", one)} <= {*ids[0]}
    assert one.count('role="img"') == 1 and one.count("<title") == 1


def test_what_was_never_named_is_as_it_was():
    assert undressed(BARE) == ("", "", BARE)
