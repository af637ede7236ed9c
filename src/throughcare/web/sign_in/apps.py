"""Sign-in as an app of Django: it brings the table of the shared cache, and listens to what happens at sign-in."""

from django.apps import AppConfig


class SignIn(AppConfig):
    """An app, because only an app is certain to be ready, in every process, before the first sign-in."""

    name = "throughcare.web.sign_in"
    label = "sign_in"

    def ready(self) -> None:
        from throughcare.web.sign_in import receivers  # noqa: F401  # connects
