"""What evaluation gives to the web: its pages, and what stands of a person in a frozen copy, for subject access."""

from throughcare.core.contracts import Part
from throughcare.evaluation.data_pages import PAGES as OF_DATA
from throughcare.evaluation.pages import PAGES
from throughcare.evaluation.queries import held_about
from throughcare.evaluation.tasks import tasks
from throughcare.evaluation.value_pages import PAGES as OF_VALUE

PART = Part(
    slug="evaluation", title="Studies", measures=(), feeds=(), timeline=lambda person_id: (), held_about=held_about,
    pages=(*PAGES, *OF_DATA, *OF_VALUE), tasks=tasks,
)  # fmt: skip
