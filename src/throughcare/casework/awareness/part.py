"""What awareness gives to everything above it. It holds nothing about a person of the pilot."""

from throughcare.casework.awareness.gatherings.pages import PAGES as OF_MEETINGS
from throughcare.casework.awareness.guides.pages import PAGES as OF_GUIDES
from throughcare.casework.awareness.measures import MEASURES
from throughcare.casework.awareness.news.actions import keep_figures
from throughcare.casework.awareness.news.pages import PAGES as OF_NEWS
from throughcare.casework.awareness.tasks import tasks
from throughcare.casework.awareness.training.pages import PAGES as OF_TRAINING
from throughcare.core.contracts import Part

PART = Part(
    slug="awareness",
    title="Training, meetings and news",
    measures=MEASURES,
    feeds=(),
    timeline=lambda person_id: (),
    held_about=lambda person_id: {},
    pages=(*OF_NEWS, *OF_GUIDES, *OF_TRAINING, *OF_MEETINGS),
    tasks=tasks,
    after_import=keep_figures,
)
