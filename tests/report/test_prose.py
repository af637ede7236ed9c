"""Prose in Markdown: figures by name, blocks of a report, and faults with their place."""

from dataclasses import replace

import pytest

from tests.report.made_up import measures
from throughcare.report.content import Box, Bullets, Chart, Footnote, Heading, Link, Paragraph, Quotation, Strong, Table
from throughcare.report.prose import FaultyProse, faults, read_chapter, read_prose
from throughcare.report.sentences import plain

TABLE = Table(caption="Table 1. Reports", first="", columns=("n",), rows=())


def only(figures, text: str):
    (block,) = read_prose(text, figures(False))
    return block


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{psr.delivered[total|all]} reports", "84 reports"),
        ("Of *all*, **{psr.within_5_days_rate}** came\nin time", "Of all, 38% came in time"),
        ("The target is {psr.within_5_days_rate:met}", "The target is missed"),
        ("The target is {contact.weekly_mean:met}", "The target is met"),
        ("{survey.partners_new:fraction} ({survey.partners_new:counts})", "almost two thirds (21 of 32)"),
        ("The {survey.partners_new:most} agreed", "The most agreed"),
        ("Requests {taskings[Haringey] vs taskings[Hackney]:rose}", "Requests rose"),
        ("{taskings[Newham] vs taskings[Hackney]:more} taskings", "fewer taskings"),
        ("{sentence.custody[with a report] vs sentence.custody[without a report]:likely}", "more likely"),
        ("{referrals[@mentoring]} referrals", "98 referrals"),
        ("From {=18} to {=25}", "From 18 to 25"),
        (r"A brace \{as it stands}", "A brace {as it stands}"),
        ("A snake_case_word and cohort.size_initial", "A snake_case_word and cohort.size_initial"),
        ("{if mentoring} Mentoring", "Mentoring"),
    ],
)
def test_words_take_their_figures_from_results(figures, text, said):
    assert plain(only(figures, text).parts) == said


def test_blocks_of_a_chapter(figures):
    title, blocks = read_chapter(
        "# Courts\n\n## In time\n\nWords[^a] with a [source](https://example.org).\n\n"
        "[^a]: {psr.age_mean} is the mean.\n\n- one\n- two\n\n{show table-1}\n\n> It helps.\n>\n> — Local authority\n\n"
        "> [!Key learning]\n> Reports came late.\n>\n> - So it was.\n",
        figures(False), shown={"table-1": TABLE},
    )  # fmt: skip
    assert title == "Courts"
    heading, words, items, table, quotation, box = blocks
    assert heading == Heading(text="In time")
    assert isinstance(words, Paragraph)
    (footnote,) = [p for p in words.parts if isinstance(p, Footnote)]
    assert plain(footnote.parts) == "35 is the mean."
    (link,) = [p for p in words.parts if isinstance(p, Link)]
    assert (link.address, plain(link.parts)) == ("https://example.org", "source")
    assert items == Bullets(items=(Paragraph(parts=("one",)), Paragraph(parts=("two",))))
    assert table is TABLE
    assert quotation == Quotation(text="It helps.", who="Local authority")
    assert box == Box(title="Key learning", blocks=(
        Paragraph(parts=("Reports came late.",)), Bullets(items=(Paragraph(parts=("So it was.",)),))))  # fmt: skip


def test_strong_words_may_hold_a_figure(figures):
    (part,) = only(figures, "**{cohort.size_initial} people**").parts
    assert isinstance(part, Strong)
    assert plain(part.parts) == "1,363 people"


def test_what_a_condition_leaves_out_leaves_nothing(figures):
    gathered = figures(False)
    lacking = gathered.pilot.model_copy(update={"services": tuple(s for s in gathered.pilot.services if s.slug != "mentoring")})
    without = replace(gathered, pilot=lacking)
    text = "{if mentoring} {referrals[@mentoring]} referrals.\n\n- {if mentoring} one\n- {if court_reports} two\n\nStays."
    assert [type(b) for b in read_prose(text, gathered)] == [Paragraph, Bullets, Paragraph]
    items, stays = read_prose(text, without)
    assert [plain(p.parts) for p in items.items] == ["two"]
    assert plain(stays.parts) == "Stays."


@pytest.mark.parametrize(
    ("text", "kind", "line", "column", "near"),
    [
        ("First.\n\nThen {psr.delivred[total|all]} reports", "unknown", 3, 6, "{psr.delivered}"),
        ("{taskings[Hackny]}", "unknown", 1, 1, "{taskings[Hackney]}"),
        ("{cohort.size_initial:rounded}", "form", 1, 1, None),
        ("{cohort.size_initial:valu}", "form", 1, 1, "value"),
        ("{cohort.age_mean vs prison.cases_licence:sank}", "form", 1, 1, None),
        ("{psr.within_5_days_rate vs prison.cases_licence:rose}", "form", 1, 1, None),
        ("{prison.cases_licence:fraction}", "form", 1, 1, None),
        ("{what is this}", "form", 1, 1, None),
        ("{if mentorin} Words", "unknown", 1, 1, "{if mentoring}"),
        ("{show tabel-1}", "unknown", 1, 1, "{show table-1}"),
        ("Words[^b]\n\n[^a]: Below", "unknown", 1, 6, None),
        ("A total of 433 people on licence", "typed", 1, 12, "{prison.cases_licence}"),
        ("- one\n- of whom\n  38% in time", "typed", 3, 3, "{psr.within_5_days_rate}"),
        ("> Said of 1,363 people", "typed", 1, 11, "{cohort.size_initial}"),
        ("Ninety-eight and Forty-four came", "typed", 1, 1, None),
        ("almost two-thirds agreed", "typed", 1, 8, None),
        ("Words[^a]\n\n[^a]: Of 999 cases", "typed", 3, 10, None),
        ("1. one\n   - two", "form", 2, 1, None),
        ("![A picture](x.png)", "form", 1, 1, None),
        ("Words\n\n# Late title", "form", 3, 1, None),
        ("#### Deep", "form", 1, 1, None),
        ("one\n\n***\n\ntwo", "form", 3, 1, None),
    ],
)
def test_a_fault_has_its_place_and_what_was_meant(figures, text, kind, line, column, near):
    found = faults(text, measures(), figures(False), shown={"table-1": TABLE})
    fault = found[0]
    assert (fault.kind, fault.line, fault.column) == (kind, line, column), found
    assert near is None or near in fault.near, fault


@pytest.mark.parametrize(
    "text",
    [
        "On 6 February 2016, the 31st December, in July 2016 and 2015-17, from 1st to 9th May",
        "As Table 2, figures 1 and 3, section 3.1 and footnote 8 show",
        "# 3. Results\n\n1. one\n2. two",
        "People aged 18 to 25, and 18-25 year olds", "OGRS3 scores", "{=5} days, [source](https://example.org/2/3)",
        "Two of the four courts are one area",
    ],
)  # fmt: skip
def test_dates_references_and_ages_are_no_figures(figures, text):
    assert faults(text, measures(), figures(False)) == ()


def test_without_figures_names_of_measures_are_known_and_groups_are_not():
    assert faults("{taskings[Anywhere]} {taskings[A] vs taskings[B]:rose}", measures()) == ()
    (fault,) = faults("{taskngs}", measures())
    assert fault.near == ("{taskings}",)


def test_prose_with_an_unknown_name_is_not_read(figures):
    with pytest.raises(FaultyProse, match=r"line 1, column 4: \{psr.no_such\}") as refused:
        read_prose("Of {psr.no_such}", figures(False), name="courts.md")
    assert [fault.kind for fault in refused.value.faults["courts.md"]] == ["unknown"]


def test_the_public_is_not_told_by_words_what_is_withheld(figures):
    public = figures(True)
    hidden = next(r for r in public.results if r.slug == "taskings" and r.suppressed)
    text = f"{{taskings[{hidden.group}]}}, {{taskings[{hidden.group}] vs taskings[Hackney]:rose}}"
    (block,) = read_prose(text, public)
    assert plain(block.parts) == "a number that is not published, rose, fell or stayed the same (which is not published)"
    # Nor does the editor, who writes for the public, find a withheld number by typing it.
    assert all(f"taskings[{hidden.group}]" not in near for n in range(5) for f in faults(f"{n} taskings", measures(), public)
               for near in f.near)  # fmt: skip


def test_a_chart_may_be_placed(figures):
    chart = Chart(slug="c", caption="Figure 1", says="", category="", unit="", bars=())
    assert read_prose("{show figure-1}", figures(False), shown={"figure-1": chart}) == (chart,)
