"""What the referrals app gives to everything above it."""

from throughcare.casework.access.reader import WITHHELD
from throughcare.casework.referrals.caseload.pages import PAGES as NOT_NOW
from throughcare.casework.referrals.directory.actions import keep_versions
from throughcare.casework.referrals.extracts import FEEDS
from throughcare.casework.referrals.findings import findings
from throughcare.casework.referrals.hands.pages import PAGES as IN_WHOSE_HANDS
from throughcare.casework.referrals.measures import MEASURES
from throughcare.casework.referrals.moved import HANDLERS
from throughcare.casework.referrals.origins import MEASURES as BY_SENDER
from throughcare.casework.referrals.pages import PAGES
from throughcare.casework.referrals.queries import held_about, timeline
from throughcare.casework.referrals.reach import reached, withheld
from throughcare.casework.referrals.talk.pages import PAGES as OF_TALK
from throughcare.casework.referrals.tasks import tasks
from throughcare.core.contracts import SERVICE, Part

PART = Part(
    lists={"referrals*": (SERVICE,), "service.*": (SERVICE,)},
    slug="referrals", title="Referrals", measures=(*MEASURES, *BY_SENDER), feeds=FEEDS, timeline=timeline, held_about=held_about,
    reach={"provider": (reached,), "referrals": (reached,), WITHHELD: (withheld,)},
    tasks=tasks, pages=(*PAGES, *OF_TALK, *NOT_NOW, *IN_WHOSE_HANDS), after_import=keep_versions, handlers=HANDLERS,
    findings=findings,
)  # fmt: skip
