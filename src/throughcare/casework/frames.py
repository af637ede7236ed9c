"""Rows of a query set as a Polars frame, typed by the model's fields, so that an empty table has its columns too."""

import polars as pl
from django.db import models


def _dtype(field: models.Field) -> pl.DataType | type[pl.DataType]:
    target = field.target_field if field.is_relation else field
    if isinstance(target, models.DateTimeField):
        return pl.Datetime("us", "UTC")
    for kind, dtype in (
        (models.DateField, pl.Date),
        (models.BooleanField, pl.Boolean),
        (models.IntegerField, pl.Int64),
        (models.FloatField, pl.Float64),
    ):
        if isinstance(target, kind):
            return dtype
    return pl.String


def _field(model: type[models.Model], path: str) -> models.Field:
    """The field that a path such as "referral__service" ends at."""
    first, _, rest = path.partition("__")
    field = model._meta.pk if first == "pk" else model._meta.get_field(first)
    return _field(field.related_model, rest) if rest else field


def read(queryset: models.QuerySet, **columns: str) -> pl.DataFrame:
    """A frame of the query set: each keyword names a column, its value the field or path to a related one's field."""
    schema = {name: _dtype(_field(queryset.model, path)) for name, path in columns.items()}
    rows = list(queryset.values_list(*columns.values()))
    return pl.DataFrame(rows, schema=schema, orient="row")
