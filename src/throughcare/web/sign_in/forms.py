"""allauth's forms in the service's words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as keys
from django import forms

CODE = "Code"


def _said(field: forms.Field, label: str, asks: str, help_text: str = "") -> None:
    """Gives a field its words; a placeholder is not one of them, for it goes when one types."""
    field.label, field.help_text = label, help_text
    field.error_messages["required"] = asks
    field.widget.attrs.pop("placeholder", None)


def _code(field: forms.Field, label: str, help_text: str) -> None:
    _said(field, label, "Enter the code", help_text)
    field.widget.attrs["inputmode"] = "numeric"


class SignInForm(account.LoginForm):
    """Username or e-mail address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _said(self.fields["login"], "Your work username or e-mail", "Enter your username or e-mail")
        _said(self.fields["password"], "Password", "Enter your password")
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class PasswordAgainForm(account.ReauthenticateForm):
    """The password, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _said(self.fields["password"], "Your password", "Enter your password")


class NewPasswordForm(account.ChangePasswordForm):
    """A new password, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _said(self.fields["oldpassword"], "The password that you have now", "Enter the password that you have now")
        _said(
            self.fields["password1"], "New password", "Enter a new password",
            "At least 12 characters. Three words that do not belong together make a good one.",
        )  # fmt: skip
        _said(self.fields["password2"], "New password again", "Enter the new password again")


class CodeForm(second_step.AuthenticateForm):
    """A code of the authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], CODE, "6 digits from your authenticator app, or one of your 8-digit recovery codes")


class CodeAgainForm(second_step.ReauthenticateForm):
    """A code, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], CODE, "6 digits from your authenticator app, or one of your 8-digit recovery codes")


class FirstCodeForm(totp.ActivateTOTPForm):
    """The first code of an authenticator app, which shows that it works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], "The code that the app shows now", "6 digits")


class NewKeyForm(keys.AddWebAuthnForm):
    """A passkey or security key, with a name to know it by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _said(self.fields["name"], "A name for it", "", "So that you know it from others, for example: key on my key ring")
        _said(
            self.fields["passwordless"], "Use it to sign in by itself, without a password", "",
            "It then asks for its PIN, fingerprint or face: a passkey. Leave this off for an old security key that has none.",
        )  # fmt: skip
        self.fields["passwordless"].initial = True


class KeyNameForm(keys.EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _said(self.fields["name"], "Its name", "Enter a name")
