"""What stands at the prison's gate about everybody: a release plan, a duty put off, an alert to each post that may know."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from throughcare.casework.alerts.actions import raise_alert
from throughcare.casework.alerts.models import Alert
from throughcare.strands.prison import actions as prison
from throughcare.strands.prison.movements import actions as movements
from throughcare.strands.prison.plans import actions as plans

OF_CUSTODY = {
    "iom_coordinator", "senior_officer", "court_officer", "offender_manager", "prison_coordinator", "provider_admin",
    "provider_worker", "volunteer", "health_practitioner", "employment_broker", "police_researcher", "tasking_officer",
    "monitoring_officer",
}  # fmt: skip
"""Who may know where a person of its work is held: to each of them an alert was raised."""
LISTS = {"prison-desk": "/prison/", "prison-file": "/prison/people.csv", "wing-lists": "/prison/wings/"}
AT = datetime(2016, 12, 6, 9, tzinfo=UTC)


def plant_gates(world: Any, day: date) -> None:
    """Before anybody is kept from anybody: by whoever would do it."""
    movements.learn(by="test", on=day)
    for who, person in world.people.items():
        reader = world.reader("camden-manager" if who == "out" else "prison_coordinator")
        plan = plans.make(reader=reader, person=person, at=AT)
        details = plans.Details(
            prison_post=world.posts["prison_coordinator"], gate_time="09:30", collected_by="MARKCOLLECTS",
            address="MARKPLANADDRESS", community_post=world.posts["camden-manager" if who == "out" else "offender_manager"],
        )  # fmt: skip
        plans.fill(reader=reader, plan=plan, details=details, at=AT)
        prison.put_off(reader=reader, person=person, kind="refer", anchor=date(2016, 6, 1), until=day + timedelta(days=3),
                       reason="MARKPUTOFF")  # fmt: skip
        posts = [world.posts["camden-manager"]] if who == "out" else [world.posts[role] for role in sorted(OF_CUSTODY)]
        told = {"topic": "moved", "key": f"test:{who}", "text": f"MARKALERT{who}", "row": "custody"}
        raise_alert(by="test", posts=posts, person=person, at=AT, on=day, **told)
        for alert in Alert.objects.filter(key=f"test:{who}").select_related("post"):
            world.ids[f"alert:{who}:{alert.post.role}"] = alert.pk


def at_the_gates(ids: dict[str, int], person: int, who: str, role: str) -> dict[str, str]:
    """By page its address, about that person; of an alert, the one to the role's own post."""
    return {
        "alert": f"/alerts/{ids.get(f'alert:{who}:{role}') or ids['alert:out:offender_manager']}/",
        "prison-duty": f"/people/{person}/prison/notify_manager/", "release-plan": f"/people/{person}/release-plan/",
        "release-sheet": f"/people/{person}/release-plan/plain/",
    }  # fmt: skip
