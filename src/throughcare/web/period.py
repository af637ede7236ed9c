"""A period of whole months that a page is asked for, kept in its address: ?since=2016-04&until=2017-02, both included."""

from datetime import date

from django import forms
from django.http import HttpRequest

from throughcare.core.dates import months_after
from throughcare.core.pilot import Period
from throughcare.design.forms import ChoiceField


class PeriodForm(forms.Form):
    """From a month to a month."""

    since = ChoiceField(label="From", choices={}, few=False)
    until = ChoiceField(label="To the end of", choices={}, few=False)

    def __init__(self, data: object, *, months: list[date]) -> None:
        super().__init__(data)
        choices = [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in months]
        for name in ("since", "until"):
            self.fields[name].choices = choices

    def clean(self) -> dict[str, str]:
        told = super().clean()
        if told.get("since", "") > told.get("until", "9999"):
            self.add_error("until", "The last month is before the first. Choose a later one, or an earlier first month")
        return told


def period_asked(request: HttpRequest, *, months: list[date], default: int) -> tuple[PeriodForm, Period | None]:
    """The form, and the period asked for up to the day; of a first visit, the last `default` months. None: it cannot be."""
    usual = {"since": f"{months[max(0, len(months) - default)]:%Y-%m}", "until": f"{months[-1]:%Y-%m}"}
    sent = request.POST if request.method == "POST" else request.GET
    asked = {name: sent.get(name, value) for name, value in usual.items()}
    form = PeriodForm(asked, months=months)
    if not form.is_valid():
        return form, None
    first, last = (date.fromisoformat(f"{form.cleaned_data[name]}-01") for name in ("since", "until"))
    return form, Period(start=first, end=min(months_after(last, 1), max(request.reader.day, first)))
