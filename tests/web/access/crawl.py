"""Crawling the service as a reader: every address that a page leads to and every one that can be guessed, and what they tell."""

import re
from html import unescape

from tests.web.access.asking import Answer, ask
from tests.web.access.world import NUMBER, PEOPLE, World, numbers_of, traces_of
from throughcare.casework.access.reader import Reader

LINK = re.compile(r'(?:href|action|hx-get)="(/[^"#]*|\?[^"#]*)')
PUBLIC = ("/static/", "/sign-in/", "/who-sees-what/", "/help/", "/still-here/")
"""What is the same for everybody, and tells nothing of anybody."""

TABS = ("", "services/", "court/", "custody/", "timeline/", "score/", "notes/", "held/", "log/", "limits/", "why/", "says/",
        "notes/new/", "letters/joined/", "letters/left/", "risks/new/", "appointments/new/", "appointments/book/")  # fmt: skip


def guesses(world: World) -> list[str]:
    """Addresses that nobody need be told: pages of numbers, filters, what others have."""
    found = ["/", "/today/all/", "/find/", "/people/", "/handovers/", "/to-be-entered/", "/rights/",
             "/imports/", "/imports/quarantine/",
             "/imports/quarantine/?aside=yes", "/log/", "/report/", "/worried/", "/account/", "/account/post/"]  # fmt: skip
    found += [f"/today/all/?group={group}" for group in ("now", "week", "waiting")]
    found += [f"/people/{person}/{tab}" for person in world.people.values() for tab in TABS]
    found += [f"/worried/?person={person}" for person in world.people.values()]
    found += [f"/caseloads/{post.slug}/" for post in world.posts.values()]
    for name, number in world.ids.items():
        kind = name.partition(":")[0]
        route = {"note": "", "said": "", "concern": "worries/", "proposal": "cohort/proposals/", "load": "imports/",
                 "letter": "letters/", "request": "subject-access/",
                 "row": "imports/quarantine/"}.get(kind, "referrals/")  # fmt: skip
        found += [f"/{route}{number}/"] if route else []
    found += ["/subject-access/", "/subject-access/new/", f"/subject-access/{world.ids['request:in']}/match/"]
    found += [f"/log/?person={person}" for person in world.people.values()]
    return found


def crawl(world: World, reader: Reader) -> dict[str, Answer]:
    """Every page that is shown to the reader, by address. Finding is apart."""
    waiting, seen, pages = guesses(world), set(), {}
    while waiting:
        to = waiting.pop()
        if to in seen or to.startswith(PUBLIC) or to.startswith("/find/?"):
            continue
        seen.add(to)
        answer = ask(reader, to)
        if answer.outcome != "shown":
            continue
        pages[to] = answer
        base = to.split("?")[0]
        waiting += [unescape(link) if link.startswith("/") else base + unescape(link) for link in LINK.findall(answer.text)]
    return pages


def questions(who: str) -> list[str]:
    """What somebody might type to find a person."""
    forename, surname = PEOPLE[who]
    return [surname, f"{forename} {surname}", f"{surname[:5].lower()} 199{NUMBER[who]}", *numbers_of(who).values()]


def trace(text: str, who: str, person: int) -> list[str]:
    """The words and addresses in a page by which it tells of a person."""
    found = [word for word in traces_of(who) if word in text]
    return found + re.findall(rf"/people/{person}\b[^\"]*|person={person}\b", text)
