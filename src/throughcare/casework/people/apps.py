"""People as an app of Django: every table hangs on it, so what holds for all queries begins here."""

from django.apps import AppConfig

from throughcare.casework import numbers


class People(AppConfig):
    name = "throughcare.casework.people"

    def ready(self) -> None:
        numbers.register()
