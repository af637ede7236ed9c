"""The letter to an NHS service: who, why, what was done here, the scores that the writer chose to tell."""

from datetime import date

from throughcare.casework.people.names import Named
from throughcare.core.dates import day_in_words
from throughcare.design.paper import Block, Paper, facts, heading, words
from throughcare.strands.mental_health.care import queries
from throughcare.strands.mental_health.codes import SERVICES
from throughcare.strands.mental_health.scores.queries import latest


def letter_of(*, who: Named, person: int, service: str, to: str, why: str, scores: bool, signer: str, day: date) -> Paper:
    """In the order in which a duty clinician reads: who, the reason, what there is, what was done, who writes."""
    born = day_in_words(who.date_of_birth) if who.known and who.date_of_birth else "not known here"
    name = f"{who.forenames} {who.surname}".strip() if who.known else who.shown
    blocks: list[Block] = [
        facts(("Name", name), ("Born", born), ("Asked of", SERVICES[service])),
        heading("Why I write"), *(words(line.strip()) for line in why.splitlines() if line.strip()),
    ]  # fmt: skip
    checked = queries.team_of(person)
    told = {"yes": f"Yes: {checked.team}" if checked else "", "no": "No"}.get(checked.answer if checked else "", "Not known here")
    work = [each.kind for each in queries.interventions_of(person)]
    blocks += [heading("What there is already"), facts(("Under a team", told), ("Work here", ", ".join(work) or "None"))]
    if scores and (found := latest(person)):
        blocks += [heading("Scores"), facts(*((each.scale.name, f"{each.scored.shown} of {each.scale.highest}"
                                               f"{f', {each.scored.band}' if each.scored.band else ''}, "
                                               f"{day_in_words(each.answers.on)}") for each in found))]  # fmt: skip
    blocks.append(words(f"Written by {signer}, forensic mental-health practitioner, on {day_in_words(day)}."))
    return Paper(title=f"Referral to {SERVICES[service].lower() if service != 'gp' else 'the GP'}", to=to, day=day_in_words(day),
                 blocks=tuple(blocks), foot="Confidential: health")  # fmt: skip
