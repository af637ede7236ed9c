"""Crimes in the world of the attacks: one near which everybody with a tag was, one of which all of them could not be seen.

Each match was sent to the police, with an evidence pack. `plant_crimes` comes after the orders of world_tagging.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.web.access.world_tagging import FIRST
from throughcare.casework.audit.actions import recording
from throughcare.strands.tagging import models as m

CRIMES = """
order-map        tag_positions      tag_positions      person
tag-outlines     tag_positions      -                  nobody
deletions        tag_positions      -                  nobody
crimes           tag_positions      tag_positions      nobody
crimes-send      form               tag_positions      nobody
crime-batch      tag_positions      tag_positions      thing
crime-refusals   tag_positions      -                  thing
crime-file       tag_positions      -                  thing
crime            tag_positions      tag_positions      thing
crime-map        tag_positions      -                  thing
matches-sent     crime_matches      -                  nobody
match            tag_positions      tag_positions      person
evidence-new     form               tag_positions      person
evidence-pack    tag_positions      -                  person
evidence-pdf     tag_positions      -                  person
"""
OFFICER, BOTH = {"monitoring_officer"}, {"monitoring_officer", "data_protection_officer"}
OF_NO_PERSON = ("crime-batch", "crime-refusals", "crime-file", "crime")
NARROWER_CRIMES: dict[tuple[str, str, str], Any] = {
    # A crime and a file are about nobody: whom it was matched with is held back in them.
    **{(page, "get", who): BOTH for page in OF_NO_PERSON for who in ("in", "out")},
    **{(page, "post", who): OFFICER for page in ("crime-batch", "crime") for who in ("in", "out")},
    ("crime-map", "get", "in"): OFFICER,
    ("crime-map", "get", "out"): set(),
}
CRIMES_OF_NOBODY = {
    "tag-outlines": "/tags/outlines.json", "deletions": "/tags/deletions/", "crimes": "/tags/crimes/",
    "crimes-send": "/tags/crimes/send/", "matches-sent": "/tags/matches/",
}  # fmt: skip
CRIME_ROUTES = {
    "tag-crime": "tags/crimes/", "tag-file": "tags/crimes/files/", "tag-match": "tags/matches/", "tag-pack": "tags/evidence/",
}  # fmt: skip
CRIME_WORDS = {"crime_matches": ("MARKMATCHREASON", "was sent to the police; it proves no presence")}
PARAMETERS = '{"radius_m": 100.0, "min_fixes": 2, "mechanisms": ["GPS"], "max_precision_m": null, "buffer": 0}'
ASKED = '{"asked_by": "MARKEVIDENCEASKED", "asked_reference": "x", "asked_for": "x", "witness": "x", "post": "x"}'
OPENS = datetime(2016, 12, 5, 12, tzinfo=UTC)


def plant_crimes(world: Any, day: date) -> None:
    """Before anybody is kept from anybody."""
    with recording(by="test", verb="test.crimes"):
        batch = m.CrimeBatch(
            name="crimes.csv", digest="0" * 64, content=b"x\n", form="police", force="Metropolitan", batch_id="MPS20161206",
            status="successful", rows=2, sent_at=OPENS, sent_on=day, sent_by="test",
        )  # fmt: skip
        batch.save()
        run = m.MatchRun(cause="batch", outcome="done", program="0", started_at=OPENS, ended_at=OPENS, on=day, by="test",
                         parameters=PARAMETERS)  # fmt: skip
        run.save()
        near = _crime(world, batch, run, "in", "MARKCRIMEONE", "matched")
        unseen = _crime(world, batch, run, "out", "MARKCRIMETWO", "no_match")
        for who in world.people:
            world.ids[f"tag-file:{who}"] = batch.pk
            for fitting in m.Fitting.objects.filter(order=world.ids.get(f"tag-order:{who}", 0)):
                m.UnseenTag(result=unseen, fitting=fitting, person_id=fitting.order.person_id).save()
                _match(world, near, fitting, who, day)


def _crime(world: Any, batch: m.CrimeBatch, run: m.MatchRun, who: str, reference: str, outcome: str) -> m.CrimeResult:
    crime = m.Crime(force="Metropolitan", reference=reference)
    crime.save()
    version = m.CrimeVersion(crime=crime, batch=batch, number=1, row=1, kind="TFP", time_from=OPENS,
                             time_to=OPENS + timedelta(hours=1), latitude=51.55, longitude=-0.06, rerun=True)  # fmt: skip
    version.save()
    result = m.CrimeResult(run=run, version=version, outcome=outcome)
    result.save()
    world.ids[f"tag-crime:{who}"] = crime.pk
    return result


def _match(world: Any, result: m.CrimeResult, fitting: m.Fitting, who: str, day: date) -> None:
    match = m.Match(result=result, fitting=fitting, order=fitting.order, person_id=fitting.order.person_id, fixes=3, visits=1,
                    first_at=OPENS, last_at=OPENS + timedelta(minutes=3), nearest_m=12.0)  # fmt: skip
    match.save()
    m.MatchReview(match=match, decision="police", reason="MARKMATCHREASON", at=OPENS, on=day, by="test").save()
    pack = m.EvidencePack(match=match, person_id=match.person_id, told=ASKED, program="0", inputs="0" * 64, digest="0" * 64,
                          at=OPENS, on=day, by="test")  # fmt: skip
    pack.save()
    world.ids.update({f"tag-match:{who}": match.pk, f"tag-pack:{who}": pack.pk})


def of_crimes(ids: dict[str, int], who: str) -> dict[str, str]:
    """By page its address, about that person; of the outsider, of whom there is no match, a number that is nobody's."""
    crime, file = f"/tags/crimes/{ids[f'tag-crime:{_one(who)}']}/", f"/tags/crimes/files/{ids['tag-file:in']}/"
    match, pack = f"/tags/matches/{ids.get(f'tag-match:{who}', 0)}/", f"/tags/evidence/{ids.get(f'tag-pack:{who}', 0)}/"
    return {
        "order-map": f"/tags/{ids.get(f'tag-order:{who}', 0)}/map/", "crime": crime, "crime-map": f"{crime}map/",
        "crime-batch": file, "crime-refusals": f"{file}refused.csv", "crime-file": f"{file}as-it-came.csv", "match": match,
        "evidence-new": f"{match}evidence/", "evidence-pack": pack, "evidence-pdf": f"{pack}pack.pdf",
    }  # fmt: skip


def _one(who: str) -> str:
    return "out" if who == "out" else "in"


def guesses_of_crimes(ids: dict[str, int]) -> list[str]:
    """Addresses that nobody need be told: every map, crime, match and pack of everybody."""
    found = [*CRIMES_OF_NOBODY.values(), "/tags/crimes/?show=waiting", "/tags/crimes/?show=not-run",
             "/tags/crimes/?show=since"]  # fmt: skip
    for name, number in ids.items():
        kind = name.partition(":")[0]
        found += [f"/tags/{number}/map/", f"/tags/{number}/map/?day={FIRST}"] if kind == "tag-order" else []
        found += [f"/tags/crimes/{number}/map/"] if kind == "tag-crime" else []
        found += [f"/tags/matches/{number}/evidence/"] if kind == "tag-match" else []
        found += [f"/tags/evidence/{number}/pack.pdf"] if kind == "tag-pack" else []
        if kind == "tag-file":
            found += [f"/tags/crimes/files/{number}/{tail}" for tail in ("refused.csv", "as-it-came.csv")]
    return found
