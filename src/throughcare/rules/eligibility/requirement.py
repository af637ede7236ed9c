"""Whether the enhanced activity requirement is open to somebody: whether a service of the pilot can be done under it.

Source: the GtO interim evaluation (MOPAC 2017, note 3): the services for young men are available through the gate and as part
of a rehabilitation activity requirement. Whom each is for stands in the pilot file.
"""

from dataclasses import replace
from datetime import date

from throughcare.core.contracts import Decision
from throughcare.core.pilot import Pilot
from throughcare.rules.eligibility.services import Standing, fits


def enhanced_requirement(standing: Standing, *, as_at: date, pilot: Pilot) -> Decision:
    """Whether the court could order it that day: one of the services that run under an activity requirement would be for them.

    Every condition but the status is the person's own; the status is the order that the requirement would be of. Met, the
    reasons name the services; not met, they say why the first of them is not for them. A pilot without such a service
    has no enhanced requirement.
    """
    services = [service for service in pilot.services if service.under_requirement]
    if not services:
        return Decision(met=False, reasons=("no service of the pilot is done under an activity requirement",))
    answers = []
    for service in services:
        ordered = replace(standing, statuses=service.under_requirement[:1], requirement=True)
        answers.append((service, fits(service, ordered, as_at=as_at, pilot=pilot)))
    open_to = tuple(service.name for service, answer in answers if answer.met)
    if open_to:
        return Decision(met=True, reasons=open_to)
    return Decision(met=False, reasons=answers[0][1].reasons)
