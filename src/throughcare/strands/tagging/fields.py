"""A place as it is typed, and whose facts the forms of this strand type."""

from django import forms

from throughcare.design.forms import TextField

FACT = "tag_orders"


class CoordinatesField(TextField):
    """A place as latitude and longitude, as 51.5500, -0.0600; cleaned to two numbers, None where nothing need be typed."""

    def __init__(self, *, label: str, required: bool = True) -> None:
        super().__init__(label=label, required=required, longest=40, help_text="Latitude and longitude, such as 51.5500, -0.0600")

    def clean(self, value: str) -> tuple[float, float] | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            latitude, longitude = (float(part) for part in text.replace(",", " ").split())
        except ValueError as error:
            raise forms.ValidationError("Enter two numbers, such as 51.5500, -0.0600") from error
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise forms.ValidationError("Enter latitude first, then longitude")
        return latitude, longitude
