"""What is wrong with the settings of sign-in."""

from throughcare.core.errors import UserError


class SignInSettingError(UserError):
    """A setting of sign-in that is not what it may be; the service does not start on it."""
