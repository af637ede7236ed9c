"""What stands around the figures: whom a quotation names, by audience."""

from datetime import date

import pytest

from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Period
from throughcare.report.around import SERVED, WORKING, _found, read_around
from throughcare.strands.surveys.voices import actions
from throughcare.strands.surveys.voices.words import PARTICIPANT, QUOTING, WITHDRAWN

DAY = date(2016, 11, 1)
PERIOD = Period(start=date(2016, 2, 6), end=date(2017, 1, 1))


@pytest.fixture
def said(db):
    """Five of the CRC spoke, one of the police, one whom the pilot serves; each was chosen for the report."""
    theme = actions.put_theme(by="analyst", title="Trust", meaning="")
    held = {}
    for organisation, told, text in (
        ("CRC", 5, "It helps us all."), ("Police", 1, "It helps us too."), (PARTICIPANT, 1, "It helps me."),
    ):  # fmt: skip
        held[organisation] = actions.converse(by="analyst", kind="interview", on=DAY, organisation=organisation, told=told,
                                              covers=QUOTING, day=DAY)  # fmt: skip
        quotation = actions.quote(by="analyst", conversation=held[organisation], theme=theme, text=text, looked=True)
        actions.choose(by="analyst", quotation=quotation, for_report=True)
    actions.quote(by="analyst", conversation=held["CRC"], theme=theme, text="Not chosen.", looked=True)
    named = actions.quote(by="analyst", conversation=held["CRC"], theme=theme, text="We met in Camden.", looked=True)
    actions.choose(by="analyst", quotation=named, for_report=True)
    return held


def quoted(*, public: bool) -> dict[str, str]:
    around = read_around((), pilot=current_pilot(), period=PERIOD, public=public)
    return {text: who for theme in around.themes for text, who in theme.quotations}


def test_the_governance_group_reads_the_organisation(said):
    assert quoted(public=False) == {
        "It helps us all.": "CRC", "It helps us too.": "Police", "It helps me.": SERVED, "We met in Camden.": "CRC",
    }


def test_the_public_reads_no_organisation_of_which_few_spoke_and_nothing_that_may_tell(said):
    told = quoted(public=True)
    assert told == {"It helps us all.": "CRC", "It helps us too.": WORKING, "It helps me.": SERVED}


def test_what_was_not_chosen_or_is_withdrawn_is_not_quoted(said):
    assert "Not chosen." not in quoted(public=False)
    actions.consent(by="analyst", conversation=said["CRC"], covers=WITHDRAWN, on=DAY)
    assert "CRC" not in quoted(public=False).values()


SAID = [
    ("days", ["Days: 9.50 on average.", "It could be lower."], "Days: 9.50 on average. It could be lower."),
    ("were sentenced", ["Of 100 people 30 were."], "Were sentenced: Of 100 people 30 were."),
]


@pytest.mark.parametrize(("words", "says", "told"), SAID)
def test_an_outcome_is_named_once_before_what_is_said_of_it(words, says, told):
    results = {"estimates": [{"outcome": "o", "words": words, "verdict": "lower", "says": says}], "refused": []}
    assert list(_found(results, False)) == [told]
    assert list(_found(results, True)) == [f"{told.partition(':')[0]}: lower."]
