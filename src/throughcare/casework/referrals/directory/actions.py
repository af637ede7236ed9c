"""Keeping what the directory said of each service, whenever the pilot file has changed it."""

import json
from datetime import date

from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.directory.queries import told_of
from throughcare.casework.referrals.models import ServiceVersion


def keep_versions(by: str, day: date, people_changed: bool) -> list[ServiceVersion]:
    """A version of each service of which the pilot file says something new. Safe to repeat: what is the same is not kept anew.

    Called after every import, and so on the first day on which something came in under the changed file.
    """
    pilot, made = current_pilot(), []
    latest = {each.service: each.told for each in ServiceVersion.objects.order_by("on", "pk")}
    for service in pilot.services:
        told = json.dumps(told_of(service, pilot), ensure_ascii=False)
        if latest.get(service.slug) == told:
            continue
        with recording(by=by, verb="referrals.publish_service") as entry:
            version = ServiceVersion(service=service.slug, on=day, told=told, by=by)
            version.save()
            entry.about(version)
        made.append(version)
    return made
