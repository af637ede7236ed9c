"""Scratch."""
import traceback

from tests.web.access.addresses import address
from tests.web.access.asking import ask
from tests.web.access.policy_table import lines
from tests.web.access.test_leaks import WORDS, known
from tests.web.access.test_policy import disagreements, unwritten  # noqa
from tests.web.access.world_policing import HANDLED, POLICING, guesses_of_policing


def test_render(world):
    names = [line.split()[0] for line in POLICING.strip().splitlines()]
    bad = []
    for role in ("police_researcher", "tasking_officer", "offender_manager", "prison_coordinator", "iom_coordinator", "court_officer"):
        reader = world.reader(role)
        hidden = {w for row, ws in WORDS.items() if row in ("plan", "plan_suggestions", "taskings", "plan_exists") and row not in known(role) for w in ws}
        hidden |= {w for w, roles in HANDLED.items() if role not in roles}
        seen = set()
        tos = [address(world, n, role, "in") for n in names] + guesses_of_policing(world.ids) + [f"/people/{world.people['in']}/{t}" for t in ("", "timeline/")] + ["/", "/today/all/", "/notices/"]
        for to in dict.fromkeys(tos):
            try:
                a = ask(reader, to)
            except Exception:
                bad.append(f"{role} {to}: {traceback.format_exc()[-700:]}")
                continue
            if a.outcome == "shown":
                seen |= {w for w in HANDLED if w in a.text}
                bad += [f"{role} {to}: {w}" for w in hidden if w in a.text]
        want = {w for w, roles in HANDLED.items() if role in roles}
        if seen != want:
            bad.append(f"{role} handled {seen} wanted {want}")
    assert not bad, "\n".join(dict.fromkeys(bad))


def test_policy(world, monkeypatch):
    from django.template import loader
    monkeypatch.setattr(loader, "render_to_string", lambda *_, **__: "")
    mine = {line.split()[0] for line in POLICING.strip().splitlines()}
    wrong = []
    for line in lines():
        if line[0] in mine:
            wrong += disagreements(world, line, ("police_researcher", "tasking_officer", "offender_manager", "iom_coordinator", "prison_coordinator", "data_protection_officer", "volunteer"))
    assert wrong == [], "\n".join(wrong)
