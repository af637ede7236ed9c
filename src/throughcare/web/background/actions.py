"""Putting the queue of jobs in order when a worker begins: it is the only one, so what seems to run was left by one that died."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from throughcare.casework.uploads.files import forget_strays
from throughcare.casework.uploads.models import Upload
from throughcare.casework.uploads.queries import under_way
from throughcare.web.background.jobs import load_later, load_upload

KEPT_FOR = timedelta(days=7)


def take_up() -> int:
    """Queues every upload that is not done yet, each once, whatever the worker before left; gives how many.

    Jobs done with are forgotten after a week: what came of an upload is kept with it.
    """
    with transaction.atomic():
        DBTaskResult.objects.filter(task_path=load_upload.module_path, finished_at=None).delete()
        DBTaskResult.objects.filter(finished_at__lt=datetime.now(UTC) - KEPT_FOR).delete()
        waiting = [upload.pk for upload in under_way()]
        for upload in waiting:
            load_later(upload)
    forget_strays(Upload.objects.exclude(folder="").values_list("folder", flat=True))
    return len(waiting)
