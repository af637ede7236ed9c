"""What is typed about an order: its days, its conditions, the questions, why."""

from datetime import date
from typing import Any

from django import forms

from throughcare.core.errors import UserError
from throughcare.design.forms import ChoiceField, DayField, NumberField, TextField
from throughcare.positions.curfews import MOST_ADDRESSES
from throughcare.strands.tagging.fields import FACT, CoordinatesField
from throughcare.strands.tagging.orders.hours import hours_of, hours_typed
from throughcare.strands.tagging.orders.terms import ConditionTerm, PlaceTerm, circle
from throughcare.strands.tagging.words import ATTENDANCE, CURFEW, ENDED, REVOKED, VICTIM, ZONES

HOURS_HELP = "One line each, such as: Monday to Friday 19:00 to 07:00"
CLOSINGS = {REVOKED: "The court revoked it", ENDED: "Monitoring has ended"}
SUITABLE = {"yes": "Yes", "no": "No", "not_known": "Not known"}
LARGEST_FILE = 500_000


class NewOrderForm(forms.Form):
    """The requirement that an order comes from, and its days."""

    fact = FACT
    requirement = ChoiceField(label="Which requirement is it made from?", choices={})
    first = DayField(label="First day of monitoring")
    last = DayField(label="Last day of monitoring")


class VersionForm(forms.Form):
    """From which day the next version applies, and when monitoring ends by it."""

    fact = FACT
    applies = DayField(label="From which day does it apply?")
    last = DayField(label="Last day of monitoring")


class CloseForm(forms.Form):
    """How an order ends before its last day."""

    fact = FACT
    kind = ChoiceField(label="How does it end?", choices=CLOSINGS)
    reason = TextField(label="Why?", lines=2, longest=300)


class KeepForm(forms.Form):
    """Why a version is made."""

    fact = FACT
    reason = TextField(label="Why is this version made?", required=False, longest=300, help_text="Such as: change of address")


class QuestionsForm(forms.Form):
    """The questions of suitability that the pilot file asks; each with words where they are needed."""

    fact = FACT

    def ask(self, questions: Any, answers: Any) -> None:
        for question in questions:
            said, text = answers.get(question.slug, ("", ""))
            self.fields[question.slug] = ChoiceField(label=question.words, choices=SUITABLE)
            self.fields[f"{question.slug}-text"] = TextField(label="What is known", required=False, longest=300)
            self.initial |= {question.slug: said, f"{question.slug}-text": text}

    def given(self) -> dict[str, tuple[str, str]]:
        told = self.cleaned_data
        return {name: (told[name], told[f"{name}-text"]) for name in self.fields if not name.endswith("-text")}


class ConditionForm(forms.Form):
    """What every condition has: a name and days. `kind` is that of the page."""

    fact = FACT
    kind = ""
    name = TextField(label="What is it called?", longest=120)
    first = DayField(label="First day")
    last = DayField(label="Last day")

    def term(self, number: int) -> ConditionTerm:
        """The condition that was typed; a refusal of what is typed is a UserError."""
        told = self.cleaned_data
        days = {"first": told["first"], "last": told["last"]}
        return ConditionTerm(number=number, kind=self.kind, name=told["name"], **days, **self.rest())

    def rest(self) -> dict[str, Any]:
        return {}

    def clean_hours(self) -> Any:
        return _hours(self.cleaned_data["hours"])


def _hours(text: str) -> Any:
    try:
        return hours_of(text)
    except UserError as error:
        raise forms.ValidationError(f"{error.what}. {error.mend[:1].upper()}{error.mend[1:]}") from error


class ZoneForm(ConditionForm):
    """A zone: drawn or loaded as GeoJSON, or a circle by its middle and radius."""

    protects = ChoiceField(label="Is it there for a victim?", choices={"no": "No", VICTIM: "Yes"},
                           help_text="Never write who: not in the name either")  # fmt: skip
    hours = TextField(label="When does it apply?", lines=3, required=False, help_text=f"Empty: at all times. {HOURS_HELP}")
    middle = CoordinatesField(label="Middle of a circle", required=False)
    radius = NumberField(label="Its radius in metres", least=10, most=20_000, required=False)
    file = forms.FileField(label="Or a file of one shape (GeoJSON)", required=False)
    geometry = TextField(label="Or the shape as GeoJSON", lines=4, required=False, longest=200_000,
                         help_text="What is drawn on the map is written here")  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        given = [name for name in ("middle", "file", "geometry") if told.get(name)]
        if len(given) != 1:
            self.add_error(given[-1] if given else "middle", "Give the shape once: draw it, load it, or give middle and radius")
        elif "middle" in given and not told.get("radius"):
            self.add_error("radius", "Enter the radius of the circle in metres")
        elif "file" in given and told["file"].size > LARGEST_FILE:
            self.add_error("file", "The file is too large: send one shape alone")
        return told

    def rest(self) -> dict[str, Any]:
        told = self.cleaned_data
        protects = VICTIM if told["protects"] == VICTIM else ""
        return {"geometry": self._geometry(), "protects": protects, "hours": told["hours"]}

    def _geometry(self) -> str:
        told = self.cleaned_data
        if told.get("file"):
            return told["file"].read().decode("utf-8", errors="replace")
        if told.get("geometry"):
            return told["geometry"]
        return circle(*told["middle"], told["radius"])


class ExclusionForm(ZoneForm):
    """A zone that is not to be entered."""

    kind = "exclusion"


class InclusionForm(ZoneForm):
    """A zone that is not to be left."""

    kind = "inclusion"
    protects = None


class AttendanceForm(ConditionForm):
    """Appointments at one address, by weekday."""

    kind = ATTENDANCE
    address = TextField(label="Address", longest=200)
    where = CoordinatesField(label="Where is it?")
    radius = NumberField(label="How many metres round it belong to it?", least=5, most=1000)
    hours = TextField(label="When?", lines=3, help_text=HOURS_HELP)

    def rest(self) -> dict[str, Any]:
        told = self.cleaned_data
        latitude, longitude = told["where"]
        there = PlaceTerm(address=told["address"], latitude=latitude, longitude=longitude, radius_m=told["radius"])
        return {"hours": told["hours"], "places": (there,)}


OF_AN_ADDRESS = ("address", "where", "radius", "whose", "householder", "agreed", "hours")
OWN, AGREED = "own", "agreed"
WHOSE = {OWN: "It is the person's own home", AGREED: "Somebody else's, who agreed"}


class CurfewForm(ConditionForm):
    """A curfew at one to three addresses, each with its own hours."""

    kind = CURFEW

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_ADDRESSES + 1):
            needed = n == 1
            self.fields |= {
                f"address{n}": TextField(label="Address", longest=200, required=needed),
                f"where{n}": CoordinatesField(label="Where is it?", required=needed),
                f"radius{n}": NumberField(label="How many metres round it belong to it?", least=5, most=1000, required=needed),
                f"whose{n}": ChoiceField(label="Whose home is it?", choices=WHOSE, required=needed, nothing="Choose"),
                f"householder{n}": TextField(label="Householder's name", required=False, longest=100),
                f"agreed{n}": DayField(label="Day on which they agreed", required=False),
                f"hours{n}": TextField(label="When is it kept?", lines=3, required=needed, help_text=HOURS_HELP),
            }
            self.initial.setdefault(f"radius{n}", 50)

    def groups(self) -> list[tuple[int, list[Any]]]:
        """By address, its fields."""
        return [(n, [self[f"{name}{n}"] for name in OF_AN_ADDRESS]) for n in range(1, MOST_ADDRESSES + 1)]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for n in range(1, MOST_ADDRESSES + 1):
            self._clean_hours(n, told)
            if not told.get(f"address{n}"):
                continue
            for name in ("where", "radius", "whose", "hours"):
                if not told.get(f"{name}{n}") and f"{name}{n}" not in self.errors:
                    self.add_error(f"{name}{n}", "Fill this in, or empty the address")
            if told.get(f"whose{n}") == AGREED and not (told.get(f"householder{n}") and told.get(f"agreed{n}")):
                self.add_error(f"householder{n}", "Enter who agreed, and the day: the householder is asked first")
        return told

    def _clean_hours(self, n: int, told: dict[str, Any]) -> None:
        if f"hours{n}" in told:
            try:
                told[f"hours{n}"] = _hours(told[f"hours{n}"])
            except forms.ValidationError as error:
                self.add_error(f"hours{n}", error)

    def rest(self) -> dict[str, Any]:
        return {"places": tuple(self._place(n) for n in range(1, MOST_ADDRESSES + 1) if self.cleaned_data.get(f"address{n}"))}

    def _place(self, n: int) -> PlaceTerm:
        told = {name: self.cleaned_data[f"{name}{n}"] for name in OF_AN_ADDRESS}
        own = told["whose"] == OWN
        latitude, longitude = told["where"]
        return PlaceTerm(
            address=told["address"], latitude=latitude, longitude=longitude, radius_m=told["radius"], own_home=own,
            householder="" if own else told["householder"], agreed_on=None if own else told["agreed"], hours=told["hours"],
        )  # fmt: skip


CONDITION_FORMS: dict[str, type[ConditionForm]] = {
    CURFEW: CurfewForm, "exclusion": ExclusionForm, "inclusion": InclusionForm, ATTENDANCE: AttendanceForm,
}  # fmt: skip


def typed(condition: ConditionTerm | None, kind: str, first: date, last: date) -> dict[str, Any]:
    """A condition as it would be typed; of none, a new one's days."""
    if condition is None:
        return {"first": first, "last": last, "radius": 100 if kind == ATTENDANCE else None, "protects": "no"}
    told: dict[str, Any] = {"name": condition.name, "first": condition.first, "last": condition.last}
    if kind in ZONES:
        told |= {"geometry": condition.geometry, "protects": condition.protects or "no"}
    if kind != CURFEW:
        told["hours"] = hours_typed(condition.hours)
    for n, place in enumerate(condition.places, start=1):
        end = str(n) if kind == CURFEW else ""
        told |= {f"address{end}": place.address, f"where{end}": f"{place.latitude:.6f}, {place.longitude:.6f}",
                 f"radius{end}": round(place.radius_m)}  # fmt: skip
        if kind == CURFEW:
            told |= {f"whose{n}": OWN if place.own_home else AGREED, f"householder{n}": place.householder,
                     f"agreed{n}": place.agreed_on, f"hours{n}": hours_typed(place.hours)}  # fmt: skip
    return told
