"""Whose row a row of the providers' extracts is: several organisations send them, and each mends its own alone."""

from collections.abc import Iterable

from throughcare.casework.access.reader import Reader
from throughcare.casework.imports.corrections.queries import RowToMend
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import FEED
from throughcare.casework.referrals.reach import PATHWAYS

AGENCY = "providers"


def own_rows(reader: Reader, rows: Iterable[RowToMend], feeds_of_providers: Iterable[str]) -> list[RowToMend]:
    """Of these rows, those that are the reader's organisation's; all of other feeds, and all for who sees every agency's.

    A row names its provider or service, or the referral that does; one that tells neither goes by the name of its file.
    """
    cells = [(post, cell.scope) for post, cell in reader.cells("view", "imports")]
    if any(scope in ("pilot", "accounts") or post.agency == AGENCY for post, scope in cells):
        return list(rows)
    providers = {post.place for post, _ in cells if post.role == "provider_admin" and post.place}
    services = {PATHWAYS[post.role] for post, _ in cells if post.role in PATHWAYS}
    shared = set(feeds_of_providers)
    return [row for row in rows if row.feed not in shared or _is_of(row, providers, services)]


def _is_of(row: RowToMend, providers: set[str], services: set[str]) -> bool:
    provider, service = row.cells.get("provider", ""), row.cells.get("service", "")
    if record := row.cells.get("referral", ""):
        sent = Referral.objects.filter(source__feed=FEED, source__record_id=record).values_list("provider", "service")
        provider, service = sent.first() or ("", "")
    if provider or service in services:
        return provider in providers or service in services
    return any(each.replace("_", "-") in row.file.name for each in providers)
