"""What publication gives to the web: its pages, and what waits for somebody's approval. It holds nothing about a person."""

from typing import Any

from django.urls import reverse

from throughcare.casework.clock import instant_on
from throughcare.core.contracts import Part
from throughcare.core.pages import Task
from throughcare.report.publication import queries
from throughcare.report.publication.pages import PAGES, ROW
from throughcare.report.publication.public_pages import PAGES as PUBLIC_PAGES


def tasks(reader: Any) -> list[Task]:
    """Publications that wait for an approval, for those who may give one and have not."""
    if not reader.may(ROW, "edit"):
        return []
    at = instant_on(reader.day)
    return [
        Task(
            key=f"publication:{one.pk}:{one.sha256[:12]}", kind="Publications to approve", harm=3, row=ROW, elsewhere=False,
            words=f"The report of {one.start:%B %Y} to {one.end:%B %Y} waits for approval", due_on=one.embargo_on,
            act=("Look at it", reverse("draft", kwargs={"edition": one.pk})),
        )
        for one in queries.editions()
        if queries.state(one, at) == queries.FORWARD
        and all(each.account_id != reader.account.pk for each in queries.approvals(one))
    ]  # fmt: skip


PART = Part(
    slug="publication", title="Publication", measures=(), feeds=(), timeline=lambda person_id: (),
    held_about=lambda person_id: {}, pages=(*PAGES, *PUBLIC_PAGES), tasks=tasks,
)  # fmt: skip
