"""What the pages tell: no role reads a word that its cell does not give it, nor finds a trace of somebody who is not its work."""

import re
from urllib.parse import quote

import pytest

from tests.web.access.addresses import address
from tests.web.access.asking import ask
from tests.web.access.crawl import questions, trace
from tests.web.access.world import numbers_of
from tests.web.access.world_crimes import CRIME_WORDS
from tests.web.access.world_employment import CURFEW
from tests.web.access.world_health import HEALTH_WORDS
from tests.web.access.world_policing import HANDLED
from tests.web.access.world_tagging import TAGGING_WORDS
from throughcare.casework.access.policy import ROLES, policy

pytestmark = pytest.mark.xdist_group("crawled")
NO_PERSON = {"pilot", "study", "log", "accounts", "request"}
WORDS = {
    "identity": ("Inscope", *numbers_of("in").values(), "9 March 1991"),
    "contact": ("Ansel",),
    "address": ("E8 4QN", "Main address in"),
    "cohort_membership": ("MARKJOINED", "MARKPROPOSED", "Joined the cohort", "Proposed to leave"),
    "rag": ("MARKRAG", "MARKSAIDOFRAG"),
    "offence_history": ("MARKCOURT", "Arrested (", "Convicted of", "Sentenced: custody"),
    "score": ("About the score", "Risk score"),
    "risks": ("MARKRISK", "MARKREGISTERED"),
    "supervision": ("MARKREQUIREMENT", "Managed by", "Serving a sentence"),
    "custody": ("Planned release", "In Pentonville since", "To Pentonville", "To be released"),
    "court_cases": ("Case at Thames", "Guilty at", "report asked for", "report at Thames"),
    "court_report_text": ("MARKREPORT", "MARKENQUIRY", "Fast report signed"),
    "referrals": ("MARKASKED", "MARKWORK", "Mentoring", "TIGER"),
    "sessions": ("Session ", "MARKGOAL", "MARKDONE", "MARKNEXT", "Goal agreed"),
    "budget": ("MARKBUDGET", "Personalised budget"),
    "mental_health_pathway": ("Mental health", "Consultation with", "mental health", "mental-health service"),
    **HEALTH_WORDS,
    "employment": ("MARKEMPLOYER", "MARKVACANCY", "MARKARRANGED", CURFEW, "Put forward for a job",
                   "Referred to Employment", "Employment:", "to Employment"),
    "plan_exists": ("Plan asked for", "Plan requested", "ntelligence plan", "Plans requested"),
    "plan": ("MARKINTEL", "MARKMETHOD", "MARKKINDOFPLACE", "CR-MARKALL", "MARKRENEWED", "Picture of",
             "A link with another person"),
    "plan_suggestions": ("MARKSUGGEST", "Suggestions for planning", "A suggestion was used"),
    "taskings": ("Tasking carried out", "MARKTASKING", "MARKTASKRESULT", "Tasking given"),
    "notes": ("MARKNOTE", "MARKSAIDOFNOTES", "Worry raised:"),
    "avoid": ("MARKAVOID", "Keep away from"),
    "same_person": ("MARKUNSURE",),
    "panel": ("MARKDECISION", "MARKACTION"),
    "limited_access": ("MARKLIMIT", "Limited access"),
    **TAGGING_WORDS, **CRIME_WORDS,
}
OF_SERVICES = {"Mentoring", "TIGER", "Personalised budget", "Mental health", "mental health", "ntelligence plan",
               "Plans requested", "Employment:"}  # fmt: skip
"""What services and their figures are called: where governance reads figures, they are words about nobody."""
DIRECTORY = r"/services/(?!caseload/)([a-z_]+/)?$|/studies/planted/data/copy-1/pilot\.json$"
"""The directory of services, the page of one, the pilot file as a study froze it: published, and about nobody."""
CATALOGUE = "/measures/"
"""How each measure is counted, as published in the reference: what happens to people in general, and nothing that happened."""
SENT_TO = {"offender_manager", "senior_officer"}
"""Who raised the worry, and whom it went to: its words are for nobody else."""


def known(role: str) -> set[str]:
    """The rows that the policy gives the role of the person inside its work."""
    return {row for row in policy().rows if (cell := policy().cell(row, role)) and cell.scope not in NO_PERSON}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reads_no_word_of_a_row_that_it_has_not(world, pages, role):
    told = known(role)
    hidden = {word: row for row, words in WORDS.items() if row not in told for word in words}
    if role not in SENT_TO:
        hidden["MARKCONCERN"] = "concerns"
    governance = ("/dashboard/", "/measures/", "/services/overlap/", "/who-is-served/", "/pack/", "/data-quality/")
    figures = governance if policy().cell("measures_governance", role) else ()
    reports = ("/report/",) if policy().cell("report", role) else ()
    of_nobody = re.compile("|".join((*figures, *reports, DIRECTORY)))
    found = {
        f"{to}: {word} ({row})"
        for to, page in pages(role).items()
        for word, row in hidden.items()
        if word in page.text and not (of_nobody.match(to) and word in OF_SERVICES)
        and not (to.split("?")[0] == CATALOGUE and not word.startswith("MARK"))
    }
    assert found == decided_so(world, role)


def decided_so(world, role: str) -> set[str]:
    """What is decided so: the pilot's analyst mends rows of every agency, and reads in them whom they are about (ADR 0014)."""
    row = world.ids["row:provider-referrals"]
    return {f"/imports/quarantine/{row}/: {numbers_of('in')['crn']} (identity)"} if role == "analyst" else set()


@pytest.mark.parametrize("role", ROLES)
def test_an_item_of_a_plan_is_read_by_those_alone_whom_its_handling_names(pages, role):
    """Narrower than its row of the policy: of a suggestion for the police alone a manager reads no word, and no trace of it."""
    found = {word: [to for to, page in pages(role).items() if word in page.text] for word in HANDLED}
    assert {word for word, where in found.items() if where} == {word for word, roles in HANDLED.items() if role in roles}, found


@pytest.mark.parametrize("row", WORDS)
def test_the_words_are_on_the_pages_of_those_who_may_read_them(pages, row):
    """Else the test above would find nothing whatever leaked."""
    readers = [role for role in ROLES if row in known(role)]
    shown = {word for word in WORDS[row] for role in readers for page in pages(role).values() if word in page.text}
    assert shown, row
    assert any(word.startswith("MARK") for word in shown) or not any(word.startswith("MARK") for word in WORDS[row])


@pytest.mark.parametrize(
    ("role", "paper", "word"),
    [
        ("police_researcher", "plan-pdf", "MARKINTEL"), ("police_researcher", "plan-version-pdf", "MARKINTEL"),
        ("police_researcher", "picture-pdf", "MARKMETHOD"), ("health_practitioner", "health-step-file", "MARKLETTER"),
        ("senior_officer", "report-pdf", "MARKREPORT"),
    ],
)
def test_the_words_on_paper_are_looked_at_too(world, pages, role, paper, word):
    """A PDF is walked to by who may have it, and its words are read: else nothing in one would ever be found."""
    assert word in pages(role)[address(world, paper, role, "in")].text


@pytest.mark.parametrize("role", ROLES)
def test_a_role_finds_no_trace_of_anybody_outside_its_work_or_barred_from_it(world, pages, role):
    found = []
    for who, person in world.people.items():
        if who == "in" or (who == "named" and role == "offender_manager"):
            continue
        for to, page in pages(role).items():
            told = trace(page.text, who, person)
            if to.startswith("/log/"):  # the log is about people by number alone
                told = [each for each in told if not each.startswith(("/people", "person="))]
            if to == f"/people/{person}/why/" and who == "out":
                told = []
            found += [f"{to}: {who} by {each}" for each in told]
    assert found == []


NOBODY_HAS = {"surname": "Qwertzuiop", "crn": "X999999", "pnc": numbers_of("in")["pnc"].replace("2003", "1987")}


@pytest.mark.parametrize("role", ROLES)
def test_finding_somebody_who_is_not_theirs_says_what_finding_nobody_says(world, role):
    """Not a result, not a count, not another sentence; but for a number typed in full, that a reason may open."""
    reader = world.reader(role)
    if not reader.may("identity"):
        assert ask(reader, "/find/?q=Inscope").status == 404
        return
    nothing = read(reader, "Qwertzuiop")
    assert "Nobody in your work fits" in nothing
    for who, person in world.people.items():
        for asked in (*questions(who), str(person)):
            told = read(reader, asked)
            theirs = (who == "in" and role != "data_protection_officer") or (who == "named" and role == "offender_manager")
            if theirs:
                assert f"/people/{person}/" in told, asked
            elif who == "out" and reader.may_give_a_reason and asked in numbers_of(who).values():
                assert trace(told, who, person) == [f"/people/{person}/why/"]
                assert told.replace(outside(person), EMPTY) == nothing
            else:
                assert told == nothing, (asked, who)


EMPTY = (
    "Try fewer words, another spelling, or a number (CRN, PNC, CRO, prison number). "
    "People whom your post may not see are not found."
)


def outside(person: int) -> str:
    link = f'<a class="govuk-link" href="/people/{person}/why/">Open the record for a reason</a>'
    return f"Somebody outside your work has this number. {link}"


def read(reader, asked: str) -> str:
    """What the page says of the question, without the question."""
    page = ask(reader, f"/find/?q={quote(asked)}").text
    said = re.search(r'<div id="found".*?</main>', page, re.S).group()
    said = re.sub(r"Nobody in your work fits .*?</p>", "Nobody in your work fits</p>", said, flags=re.S)
    return re.sub(r"<[/]?p[^>]*>", "", re.sub(r"\s+", " ", said))
