"""A small pilot to attack: one account and post a role, and people about whom every kind of fact is on record.

Everybody but `out` has the same facts, with the same marker words, so that whatever a role may not see of the person inside
its work is known by its word; of the others names and numbers are looked for.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.web.access.world_awareness import plant_awareness
from tests.web.access.world_contact import plant_contact
from tests.web.access.world_crimes import plant_crimes
from tests.web.access.world_employment import plant_employment
from tests.web.access.world_evaluation import plant_evaluation
from tests.web.access.world_gates import plant_gates
from tests.web.access.world_health import plant_health
from tests.web.access.world_pairs import ask_who
from tests.web.access.world_picture import events_of, never_linked, plant_pictures
from tests.web.access.world_policing import plant_policing
from tests.web.access.world_publication import plant_publication
from tests.web.access.world_tagging import plant_tagging
from tests.web.access.world_voices import plant_voices
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Account, Post
from throughcare.casework.access.policy import ROLES
from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.cohort.actions import put_forward, rate
from throughcare.casework.cohort.models import Proposal
from throughcare.casework.imports.actions import import_extracts
from throughcare.casework.imports.models import QuarantinedRow
from throughcare.casework.letters import actions as letters
from throughcare.casework.notes import actions as notes
from throughcare.casework.notices.actions import tell
from throughcare.casework.panel import actions as panel
from throughcare.casework.panel.models import Item, Why
from throughcare.casework.people.actions import resolve
from throughcare.casework.people.models import Identifier
from throughcare.casework.referrals.models import Referral
from throughcare.casework.subject_access.actions import Told, receive
from throughcare.casework.uploads.models import Upload
from throughcare.core.identifiers import make_cro, make_pnc
from throughcare.registry.parts import feeds
from throughcare.strands.budgets.models import Purchase
from throughcare.strands.courts import actions as courts
from throughcare.strands.courts.models import CourtCase
from throughcare.strands.courts.reports import actions as reports
from throughcare.strands.courts.reports.enquiries import actions as enquiries
from throughcare.strands.courts.reports.known import known
from throughcare.web.middleware import reader_of

DAY = date(2016, 12, 7)
BEFORE = date(2016, 11, 1)
PEOPLE = {
    "in": ("Ansel", "Inscope"),       # in the work of every role whose scope gives people at all
    "bar": ("Bertil", "Barredman"),   # likewise, and kept from every one of the accounts
    "named": ("Corin", "Ringfenced"),  # likewise, restricted to the offender manager
    "nobody": ("Dorrit", "Sealedoff"),  # likewise, restricted to nobody
    "out": ("Edwin", "Outsider"),     # in nobody's work
}  # fmt: skip
NUMBER = {who: place for place, who in enumerate(PEOPLE, start=1)}
MANAGER = "Officer Quillfeather"
RING = "020 7946 0999"
WRONG = 3


def numbers_of(who: str) -> dict[str, str]:
    n = NUMBER[who]
    return {"crn": f"X77000{n}", "pnc": make_pnc(2003, 4400 + n), "cro": make_cro(2003, 7700 + n), "prison_number": f"A77{n}0XY"}


def traces_of(who: str) -> tuple[str, ...]:
    """Words that name this person, and nobody else: any of them is a trace."""
    numbers = numbers_of(who)
    return (*PEOPLE[who], numbers["crn"], numbers["pnc"], numbers["cro"], numbers["prison_number"])


def near(who: str) -> dict[str, list[dict[str, object]]]:
    """The rows of somebody in the work of everybody."""
    n = numbers_of(who)
    crn, pnc, prison = {"crn": n["crn"]}, {"pnc": n["pnc"]}, {"prison_number": n["prison_number"]}
    name = {"forenames": PEOPLE[who][0], "surname": PEOPLE[who][1], "date_of_birth": f"199{NUMBER[who]}-03-09", "sex": "M"}
    sent = {**crn, "sent_on": "2016-11-20", "route": "licence"}
    return {
        "nps-people": [{**n, **name}],
        "nps-addresses": [{**crn, "postcode": "E8 4QN", "borough": "Hackney", "start": "2010-01-01"}],
        "nps-supervision": [{**crn, "kind": "custody", "start": "2016-06-01", "office_borough": "Hackney"}],
        "nps-registrations": [{**crn, "kind": "MARKREGISTERED", "start": "2016-01-01"}],
        "nps-caseloads": [
            {**crn, "manager": "N07A112", "agency": "NPS", "office_borough": "Hackney", "start": "2016-06-01"}
        ],
        "police-arrests": [{**pnc, "arrested_on": "2016-05-20", "offence_code": "03900"}],
        "police-convictions": [
            {**pnc, "convicted_on": "2016-06-01", "committed_on": "2016-05-01", "offence_code": "03900", "principal": "yes",
             "disposal": "conviction", "court": "MARKCOURT"}
        ],
        "police-sentences": [
            {**pnc, "imposed_on": "2016-06-01", "kind": "custody", "months": 12, "release_planned_on": "2016-12-12"}
        ],
        "police-requirements": [{**pnc, "imposed_on": "2016-06-01", "kind": "MARKREQUIREMENT", "days": 20}],
        "prison-spells": [{**prison, "prison": "Pentonville", "kind": "sentenced", "start": "2016-06-01"}],
        "court-lists": [
            {**crn, **pnc, "court": "Thames", "hearing_on": "2016-12-07", "received_on": "2016-12-06"}
        ],
        "court-cases": [{**crn, **pnc, "court": "Thames", "told_on": "2016-12-01", "offence_code": "03900"}],
        "court-pleas": [{"case": "court-cases-" + who + "-0", "entered_on": "2016-12-05", "plea": "guilty"}],
        "court-reports": [
            {"case": "court-cases-" + who + "-0", "requested_on": "2016-12-05", "kind": "oral", "author": "MARKAUTHOR"}
        ],
        "provider-referrals": [
            {**sent, "service": "mentoring", "provider": "osmani_trust", "acknowledged_on": "2016-11-21",
             "accepted_on": "2016-11-22", "started_on": "2016-11-23"},
            {**sent, "service": "mental_health", "provider": "forensic_mental_health"},
            {**sent, "service": "employment", "provider": "blue_sky", "accepted_on": "2016-11-22", "started_on": "2016-11-25"},
            {**sent, "service": "personalised_budget", "provider": "london_crc", "accepted_on": "2016-11-21"},
            {**sent, "service": "tiger", "provider": "rise_mutual", "acknowledged_on": "2016-11-21"},
        ],
        "provider-sessions": [
            {"referral": f"provider-referrals-{who}-0", "held_on": "2016-11-28", "attended": "yes", "took_part": "yes"}
        ],
        "mental-health-consultations": [{**crn, "held_on": "2016-11-24", "with_whom": "offender_manager"}],
        "mental-health-assessments": [{**crn, "started_on": "2016-11-25"}],
        "mental-health-interventions": [{**crn, "kind": "anger management", "started_on": "2016-11-26"}],
        "employment-placements": [
            {"referral": f"provider-referrals-{who}-2", "employer": "MARKEMPLOYER", "job": "x", "started_on": "2016-11-27",
             "planned_end_on": "2017-05-27"}
        ],
        "budget-purchases": [
            {"referral": f"provider-referrals-{who}-3", "description": "MARKBUDGET", "amount": "50.00", "asked_on": "2016-12-01",
             "asked_by": "N07A112"}
        ],
        "police-plans": [{**pnc, "borough": "Hackney", "requested_on": "2016-11-28"}],
        "police-taskings": [{**pnc, "borough": "Hackney", "carried_out_on": "2016-12-01", "comes_from": "panel"}],
        "police-events": events_of(who, n["pnc"]),
    }  # fmt: skip


def _far(who: str) -> dict[str, list[dict[str, object]]]:
    """The rows of somebody in nobody's work: another borough, court, prison, office and provider."""
    n = numbers_of(who)
    crn, pnc, prison = {"crn": n["crn"]}, {"pnc": n["pnc"]}, {"prison_number": n["prison_number"]}
    name = {"forenames": PEOPLE[who][0], "surname": PEOPLE[who][1], "date_of_birth": "1995-03-09", "sex": "M"}
    return {
        "crc-people": [{**n, **name}],
        "crc-addresses": [{**crn, "postcode": "NW1 8QP", "borough": "Camden", "start": "2010-01-01"}],
        "crc-supervision": [{**crn, "kind": "licence", "start": "2016-06-01", "office_borough": "Camden"}],
        "crc-caseloads": [
            {**crn, "manager": "C99", "agency": "CRC", "office_borough": "Camden", "start": "2016-06-01"}
        ],
        "prison-spells": [{**prison, "prison": "Brixton", "kind": "sentenced", "start": "2016-06-01"}],
        "court-lists": [
            {**crn, **pnc, "court": "Highbury Corner", "hearing_on": "2016-12-07", "received_on": "2016-12-06"}
        ],
        "provider-referrals": [
            {**crn, "sent_on": "2016-11-20", "route": "licence", "service": "building_bridges", "provider": "pact"}
        ],
    }  # fmt: skip


def rows_of_everybody() -> dict[str, list[dict[str, object]]]:
    """The rows of each extract, as the agencies would send them."""
    files: dict[str, list[dict[str, object]]] = {}
    for who in PEOPLE:
        for slug, rows in (_far if who == "out" else near)(who).items():
            files.setdefault(slug, []).extend({"record_id": f"{slug}-{who}-{n}", **row} for n, row in enumerate(rows))
    for slug, rows in never_linked().items():
        files.setdefault(slug, []).extend(rows)
    return files


def load(folder: Path, files: Mapping[str, list[dict[str, object]]], *, faults: int = 0) -> None:
    """Loads these rows by the real import. A column left out is empty, or "no" where the feed asks for yes or no."""
    for slug, rows in files.items():
        columns = {column.name: column for column in feeds()[slug].columns}
        empty = {name: "no" if column.kind == "boolean" and column.required else "" for name, column in columns.items()}
        with (folder / f"{slug}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, list(columns), extrasaction="ignore")
            writer.writeheader()
            writer.writerows({**empty, **row} for row in rows)
    outcomes = import_extracts(by="test", paths=[folder / f"{slug}.csv" for slug in files], feeds=feeds(), resolve=resolve)
    assert sum(o.quarantined for o in outcomes) == faults, [o for o in outcomes if o.quarantined]


def _wrong_rows(folder: Path) -> dict[str, int]:
    """One row in quarantine of each of three agencies; the providers' is of a provider that is nobody's here."""
    told = {
        "nps-people": {"crn": "Y1", "forenames": "Nadia", "surname": "Wrongnumber", "date_of_birth": "1990-01-01"},
        "police-people": {"pnc": "Y1", "forenames": "Petra", "surname": "Wrongnumber", "date_of_birth": "1990-01-01"},
        "provider-referrals": {"crn": "X770001", "service": "tiger", "provider": "rise_mutual", "route": "MARKWRONG"},
    }
    load(folder, {slug: [{"record_id": f"{slug}-wrong", **row}] for slug, row in told.items()}, faults=WRONG)
    found = QuarantinedRow.objects.order_by("-pk").values_list("feed", "pk", "file")
    return {f"{kind}:{feed}": number for feed, pk, file in found for kind, number in (("row", pk), ("load", file))}


POSTS = {
    "iom_coordinator": {"place": "Hackney"},
    "senior_officer": {"office": "NPS Hackney", "agency": "NPS", "telephone": RING},
    "court_officer": {"place": "Thames"},
    "offender_manager": {"office": "NPS Hackney", "agency": "NPS", "code": "N07A112", "title": MANAGER},
    "prison_coordinator": {"place": "Pentonville"},
    "provider_admin": {"place": "osmani_trust"},
    "provider_worker": {"place": "osmani_trust", "team": "mentoring"},
    "volunteer": {"place": "osmani_trust"},
    "tasking_officer": {"place": "Hackney"},
}
ELSEWHERE = {
    "camden-manager": {"role": "offender_manager", "office": "CRC Camden", "agency": "CRC", "code": "C99"},
    "camden-senior": {"role": "senior_officer", "office": "CRC Camden", "agency": "CRC"},
    "camden-iom": {"role": "iom_coordinator", "place": "Camden"},
    "pact-worker": {"role": "provider_worker", "place": "pact"},
    "rise-worker": {"role": "provider_worker", "place": "rise_mutual"},
    "second-manager": {"role": "offender_manager", "office": "NPS Hackney", "agency": "NPS", "code": "N07A113"},
}


@dataclass(frozen=True, kw_only=True)
class World:
    """The people, accounts and posts by their names; an account is called as its role or post."""

    people: dict[str, int]
    accounts: dict[str, Account]
    posts: dict[str, Post]
    ids: dict[str, int]

    def reader(self, name: str) -> Reader:
        """What an account is today."""
        return reader_of(Account.objects.get(username=name))


def plant(folder: Path) -> World:
    """The whole world, by the real import and the real actions. Needs the demonstration's day to be `DAY`."""
    posts, accounts = _posts()
    load(folder, rows_of_everybody())
    wrong = _wrong_rows(folder)
    crns = dict(Identifier.objects.filter(kind="crn").values_list("value", "person_id"))
    people = {who: crns[numbers_of(who)["crn"]] for who in PEOPLE}
    world = World(people=people, accounts=accounts, posts=posts, ids=wrong)
    for who, person in people.items():
        _write_about(world, who, person)
    for pk, person, service in Referral.objects.values_list("pk", "person", "service"):
        who = next(name for name, number in people.items() if number == person)
        world.ids[f"{service}:{who}"] = pk
    for pk, person, report in CourtCase.objects.values_list("pk", "person", "reports"):
        who = next(name for name, number in people.items() if number == person)
        world.ids.update({f"case:{who}": pk, f"missed:{who}": report})
    for pk, place, person in Purchase.objects.values_list("pk", "place", "place__referral__person"):
        who = next(name for name, number in world.people.items() if number == person)
        world.ids.update({f"purchase:{who}": pk, f"place:{who}": place})
    _told(world)
    ask_who(world, DAY)
    _panels(world)
    _reports(world)
    asked = Told(name="Unknown Caller", numbers="", asked_for="", came_by="letter", received_on=DAY)
    plant_contact(world)
    world.ids["request:in"] = receive(reader=world.reader("data_protection_officer"), told=asked).pk
    plant_gates(world, DAY)
    plant_pictures(world)
    plant_awareness(world, DAY)
    plant_evaluation(world, DAY)
    plant_publication(world, DAY)
    plant_voices(world, DAY)
    plant_policing(world)
    plant_employment(world, DAY - timedelta(days=1))
    plant_health(world, DAY)
    plant_tagging(world, DAY)
    plant_crimes(world, DAY)
    _limit(world)
    return world


def _told(world: World) -> None:
    """An extract of each of two agencies that somebody sent and that failed; a notice to each post about each person."""
    with recording(by="test", verb="test.upload"):
        for feed in ("nps-people", "police-people"):
            upload = Upload(
                account=world.accounts["second-manager"], sent_by="test", sent_at=datetime(2016, 12, 7, tzinfo=UTC),
                name=f"{feed}.csv", feed=feed, state="failed", what="MARKFAILED", mend="send it again",
            )  # fmt: skip
            upload.save()
            world.ids[f"upload:{feed}"] = upload.pk
    for who, person in world.people.items():
        tell(
            by="test", key=f"test:{who}", words=f"MARKNOTICE{who}", address=f"/people/{person}/",
            at=datetime(2016, 12, 7, 9, tzinfo=UTC), posts=list(world.posts.values()), person=person, row="notes",
        )  # fmt: skip


def _posts() -> tuple[dict[str, Post], dict[str, Account]]:
    posts, accounts = {}, {}
    told = {role: {"role": role, **POSTS.get(role, {})} for role in ROLES} | ELSEWHERE
    for name, fields in told.items():
        posts[name] = access.make_post(by="test", slug=name.replace("_", "-"), **{"title": f"Post {name}", **fields})
        accounts[name] = access.make_account(by="test", username=name)
        access.hold(by="test", post=posts[name], account=accounts[name], start=BEFORE)
    return posts, accounts


def _write_about(world: World, who: str, person: int) -> None:
    manager = world.reader("camden-manager" if who == "out" else "offender_manager")
    senior = world.posts["camden-senior" if who == "out" else "senior_officer"]
    world.ids[f"note:{who}"] = notes.write_note(reader=manager, person=person, text="MARKNOTE").pk
    notes.tell_risk(reader=manager, person=person, text="MARKRISK", start=BEFORE)
    notes.avoid(reader=manager, person=person, place="MARKAVOID", why="MARKWHY", start=BEFORE)
    kept = notes.keep_said(reader=manager, person=person, row="rag", text="MARKSAIDOFRAG")
    world.ids[f"said:{who}"] = kept.pk
    notes.keep_said(reader=manager, person=person, row="notes", text="MARKSAIDOFNOTES")
    raised = notes.raise_concern(reader=manager, person=person, kind="harm_to_self", text="MARKCONCERN", to=senior)
    world.ids[f"concern:{who}"] = raised.pk
    put_forward(by="test", person=person, reason="MARKJOINED", on=BEFORE)
    world.ids[f"letter:{who}"] = letters.write_to_member(reader=manager, person=person, kind="joined").pk
    rate(by="panel", person=person, rag="Red", reason="MARKRAG", on=BEFORE)
    borough = "Camden" if who == "out" else "Hackney"
    with recording(by="rule", verb="cohort.propose"):
        proposal = Proposal(
            person_id=person, kind="leave", as_at=DAY, holds_from=DAY, because="score", reasons="MARKPROPOSED", evidence="{}",
            score=33, borough=borough, facts_digest="x", made_at=datetime(2016, 12, 7, tzinfo=UTC), made_by="rule",
        )  # fmt: skip
        proposal.save()
    world.ids[f"proposal:{who}"] = proposal.pk
    if who != "out":
        access.allocate(by="test", person=person, post=world.posts["volunteer"], on=BEFORE)


def _panels(world: World) -> None:
    """A closed panel of each borough, sent, that discussed everybody and gave their manager an action."""
    for where, who in (("in", [w for w in PEOPLE if w != "out"]), ("out", ["out"])):
        away = where == "out"
        reader = world.reader("camden-iom" if away else "iom_coordinator")
        owner = "camden-manager" if away else "offender_manager"
        meeting = panel.plan(by=reader.by, borough="Camden" if away else "Hackney", on=DAY - timedelta(days=7))
        panel.invite(by=reader.by, meeting=meeting, post=world.posts[owner], bring="MARKBRING")
        people = {world.people[name]: [Why("red", "rag", "Red")] for name in who}
        items = panel.put_on(by=reader.by, meeting=meeting, people=people)
        panel.start(by=reader.by, meeting=meeting, on=meeting.on)
        for name, item in zip(who, items, strict=True):
            item = Item.objects.select_related("meeting").get(pk=item.pk)
            panel.decide(by=reader.by, item=item, text="MARKDECISION", room=[world.posts[owner]])
            given = panel.give(reader=reader, item=item, text="MARKACTION", owner=world.posts[owner], due_on=DAY)
            world.ids.update({f"item:{name}": item.pk, f"action:{name}": given.pk})
        panel.close(by=reader.by, meeting=meeting)
        panel.send(by=reader.by, meeting=meeting)
        world.ids[f"panel:{where}"] = meeting.pk


def _reports(world: World) -> None:
    """Of everybody but one a written report, signed and delivered in November, with an enquiry: so few that all are drawn."""
    officer = replace(world.reader("court_officer"), day=date(2016, 11, 14))
    for who in ("in", "bar", "named", "out"):
        person = world.people[who]
        court = "Highbury Corner" if who == "out" else "Thames"
        case = courts.open_case(by="test", person_id=person, court=court, offence_code="03900", told_on=officer.day)
        courts.enter_plea(by="test", case_id=case.pk, plea="guilty", entered_on=officer.day)
        asked = enquiries.ask(reader=officer, case=case, whom="iom_unit", question="MARKENQUIRY", on=officer.day)
        enquiries.answer(reader=officer, enquiry=asked, on=officer.day, words="MARKENQUIRY", nothing_known=False)
        facts = known(case, officer, ["identity", "offence_history", "mental_health_pathway"])
        text = reports.begin(reader=officer, case=case, known=facts, kind="fast")
        for section in text.sections.all():
            body = section.body or "MARKREPORT"
            reports.keep(reader=officer, section=section.pk, revision=0, body=body, done=True)
        reports.sign(reader=officer, text=text, known=facts, deliver=True)
        world.ids.update({f"written-case:{who}": case.pk, f"text:{who}": text.pk, f"enquiry:{who}": asked.pk,
                          f"sampled:{who}": text.report_id})  # fmt: skip


def _limit(world: World) -> None:
    ring = world.posts["senior_officer"]
    everybody = [world.accounts[role] for role in ROLES]
    told = {"start": BEFORE, "ring": ring, "reason": "MARKLIMIT"}
    access.limit(by="test", person=world.people["bar"], kind="excluded", accounts=everybody, **told)
    manager = [world.accounts["offender_manager"]]
    access.limit(by="test", person=world.people["named"], kind="restricted", accounts=manager, **told)
    access.limit(by="test", person=world.people["in"], kind="excluded", accounts=[world.accounts["camden-iom"]], **told)
    access.limit(by="test", person=world.people["nobody"], kind="restricted", accounts=[], **told)
