"""The reason for a gap between a figure and its target: whose figure, of which months, and how it stood when that was written."""

from django.db import models

from throughcare.casework.access.models import Post
from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import words


class Reason(Record):
    """Why one figure was under its target. Never changed: another is written, or it is taken back and stays.

    part: of which part of the pilot the figure is, as "borough=Hackney"; "" is the whole. since, until: the months,
    [since, until). figure, target: as they were shown to who wrote it. whole: whether nobody of that part is kept from who wrote
    it, so that anybody from whom nobody is kept saw the same figure.
    """

    measure = models.CharField(max_length=100)
    group = models.CharField(max_length=200)
    part = words(300)
    since = models.DateField()
    until = models.DateField()
    figure = models.CharField(max_length=40)
    target = models.CharField(max_length=40)
    whole = models.BooleanField()
    text = models.TextField()
    on = models.DateField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    by = words(200)
    taken_back = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["part", "measure", "group"], name="reasons_of_a_figure"),)

    class Privacy:
        plain = (
            "id", "measure", "group", "part", "since", "until", "figure", "target", "whole", "text", "on", "post", "by",
            "taken_back",
        )  # fmt: skip
