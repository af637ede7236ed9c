"""What waits for an evaluator: outcomes that may be matched now, copies whose last day has come."""

from typing import Any

from django.urls import reverse

from throughcare.core.dates import day_in_words, months_after
from throughcare.core.pages import Task
from throughcare.evaluation.actions import MATCHED_FOR
from throughcare.evaluation.models import Copy

ROW = "study_data"


def tasks(reader: Any) -> list[Task]:
    """For who holds an evaluator's post; of each study's last copy that is there still."""
    if not reader.held("evaluator"):
        return []
    last: dict[int, Copy] = {
        copy.study_id: copy for copy in Copy.objects.filter(destroyed_at=None).select_related("study").order_by("number")
    }
    return [task for copy in last.values() if (task := _of(copy, reader.day)) is not None]


def _of(copy: Copy, day: Any) -> Task | None:
    address = reverse("study-data", kwargs={"study": copy.study.slug})
    until = months_after(copy.last_index_on, MATCHED_FOR) if copy.last_index_on else None
    if day >= copy.keep_until:
        words = f"{copy.study.title}: its copy was to be kept until {day_in_words(copy.keep_until)}"
        return Task(key=f"study-copy:{copy.pk}", kind="Copies of studies to destroy", words=words, harm=2, row=ROW,
                    act=("Destroy it", address), due_on=copy.keep_until, elsewhere=False)  # fmt: skip
    if until is not None and day >= until and not copy.additions.filter(as_at=until).exists():
        words = f"{copy.study.title}: follow-up was over on {day_in_words(until)}; outcomes can be matched for the last time"
        return Task(key=f"study-match:{copy.pk}", kind="Outcomes of studies to match", words=words, harm=3, row=ROW,
                    act=("Match them", address), due_on=until, elsewhere=False)  # fmt: skip
    return None
