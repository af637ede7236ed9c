"""What tagging refuses, a class a cause."""

from throughcare.core.errors import UserError


class OrderRefused(UserError):
    """An order, or a version of one, that cannot be."""


class EquipmentRefused(UserError):
    """A tag that cannot be fitted or removed so."""


class FindingRefused(UserError):
    """A decision on a finding that cannot be taken, or not any more."""


class IncidentRefused(UserError):
    """A step of an incident that cannot be taken."""


class HoursRefused(UserError):
    """Hours of the week that cannot be read."""
