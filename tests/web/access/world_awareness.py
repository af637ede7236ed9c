"""Training and meetings in the world of the attacks: one of each in the work of its roles, one outside it."""

from datetime import date, timedelta
from typing import Any

from throughcare.casework.awareness.gatherings import actions as meetings
from throughcare.casework.awareness.training import actions as training

RUN_BY = {"pilot_manager", "iom_coordinator", "senior_officer"}
AWARENESS = """
training         awareness          -                  nobody
training-new     form               awareness          nobody
training-gaps    awareness          -                  nobody
training-event   awareness          awareness          thing
training-attendance  form           awareness          thing
training-rate    signed-in          signed-in          thing
partner-meetings  awareness         -                  nobody
partner-meeting-new  form           awareness          nobody
partner-meeting  awareness          awareness          thing
partner-meeting-action  signed-in   signed-in          thing
whats-new        signed-in          signed-in          nobody
whats-new-post   form               awareness          nobody
guide            signed-in          -                  nobody
guide-role       signed-in          -                  nobody
"""
NARROWER_AWARENESS: dict[tuple[str, str, str], Any] = {
    ("training-gaps", "get", ""): RUN_BY,
    **{("training-event", "get", who): "everybody" for who in ("in", "out")},
    **{(page, method, who): RUN_BY for page, method in (("training-event", "post"), ("training-attendance", "get"),
                                                        ("training-attendance", "post")) for who in ("in", "out")},
    **{("training-rate", method, "in"): {"offender_manager"} for method in ("get", "post")},  # who came
    **{("training-rate", method, "out"): set() for method in ("get", "post")},
    **{("partner-meeting", "get", who): "everybody" for who in ("in", "out")},
    ("partner-meeting", "post", "in"): {"pilot_manager", "iom_coordinator"},  # who runs the borough's
    ("partner-meeting", "post", "out"): {"pilot_manager"},
    **{("partner-meeting-action", method, "in"): {"pilot_manager", "iom_coordinator", "offender_manager"}
       for method in ("get", "post")},  # its owner too
    **{("partner-meeting-action", method, "out"): {"pilot_manager"} for method in ("get", "post")},
}  # fmt: skip
AWARENESS_OF_NOBODY = {
    "training": "/training/", "training-new": "/training/new/", "training-gaps": "/training/not-had/",
    "partner-meetings": "/partner-meetings/", "partner-meeting-new": "/partner-meetings/new/", "whats-new": "/whats-new/",
    "whats-new-post": "/whats-new/post/", "guide": "/guide/", "guide-role": "/guide/auditor/",
}  # fmt: skip


def plant_awareness(world: Any, day: date) -> None:
    """A training to which the offender manager came and one to which nobody came; a meeting and an action of two boroughs."""
    manager = world.reader("pilot_manager")
    for who, came in (("in", {world.accounts["offender_manager"].pk: "offender_manager"}), ("out", {})):
        held = training.plan(reader=manager, kind="pilot", on=day - timedelta(days=3))
        training.keep_attendance(reader=manager, training=held, came=set(), others=came, outsiders={"Police": 2})
        world.ids[f"training:{who}"] = held.pk
    for who, borough, owner in (("in", "Hackney", "offender_manager"), ("out", "Camden", "camden-manager")):
        meeting = meetings.plan(reader=manager, kind="lig", borough=borough, on=day)
        action = meetings.give(reader=manager, meeting=meeting, text="Ring the courts", owner=world.posts[owner], due_on=day)
        world.ids.update({f"gathering:{who}": meeting.pk, f"gathered:{who}": action.pk})


def of_awareness(ids: dict[str, int], who: str) -> dict[str, str]:
    """By page, its address about that thing."""
    event, meeting = f"/training/{ids.get(f'training:{who}', 0)}/", f"/partner-meetings/{ids.get(f'gathering:{who}', 0)}/"
    return {
        "training-event": event, "training-attendance": f"{event}attendance/", "training-rate": f"{event}useful/",
        "partner-meeting": meeting, "partner-meeting-action": f"/partner-meetings/actions/{ids.get(f'gathered:{who}', 0)}/",
    }  # fmt: skip
