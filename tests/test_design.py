"""The style sheet is the collected one, without fonts that are not ours to serve; its absence names the mend."""

import pytest

from throughcare import design
from throughcare.core.errors import ThroughcareError


def test_the_collected_style_sheet_is_that_of_govuk_frontend_6_without_its_fonts():
    style = design.stylesheet().read_text(encoding="utf-8")
    assert '--govuk-frontend-version:"6.' in style
    assert ".govuk-table" in style
    assert "@font-face" not in style


def test_an_uncollected_style_sheet_is_refused_with_the_mend(tmp_path, monkeypatch):
    monkeypatch.setattr(design, "STYLES", tmp_path / "govuk-frontend.min.css")
    with pytest.raises(ThroughcareError, match="make assets"):
        design.stylesheet()
