"""What policing does after events of others."""

from throughcare.strands.policing.uses.actions import know_release_plan

HANDLERS = {"release_plan.made": (know_release_plan,)}
