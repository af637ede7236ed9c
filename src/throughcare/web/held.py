"""All that is held on a person by every part, as items: for the pages of a request, and for the command line."""

from throughcare.casework.pilot import current_pilot
from throughcare.casework.subject_access.items import Item, Sources, items_of
from throughcare.registry import parts


def held_items(person: int) -> list[Item]:
    """Every item held on the person, also what is held under ids that redirect to the person's."""
    agencies = {slug: feed.agency for slug, feed in parts.feeds().items()}
    sources = Sources(
        parts=parts.declared(), service_rows=parts.service_rows(), agencies=agencies, pilot=current_pilot()
    )
    return items_of(parts.held_about(person), sources)
