"""Settings of sign-in: django-allauth with a second step, lock-out by django-axes, OpenID Connect where it is configured."""

import os
from datetime import timedelta

from throughcare.web.sign_in.configured import no_sign_ons, one_of, sign_ons

APPS = [
    "throughcare.web.sign_in.apps.SignIn",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "axes",
]
MIDDLEWARE = [
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "throughcare.web.sign_in.middleware.LongestSession",
    "throughcare.web.sign_in.middleware.SecondStep",
]
IDLE_SECONDS = int(os.environ.get("THROUGHCARE_IDLE_MINUTES", "20")) * 60
KEPT_EVERY = 60
"""Seconds between two writings of a session in use: to write it for every page would cost more than most pages ask."""
LONGEST_SESSION = timedelta(hours=12)
SECOND_STEP_REQUIRED = one_of("THROUGHCARE_SECOND_STEP", "on", "off") == "on"
SIGN_IN_HELP = os.environ.get("THROUGHCARE_SIGN_IN_HELP", "") or "your organisation's administrator of Throughcare"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
CSRF_FAILURE_VIEW = "throughcare.web.sign_in.views.stale"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "throughcare.web.sign_in.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "throughcare.web.sign_in.forms.SignInForm",
    "reauthenticate": "throughcare.web.sign_in.forms.PasswordAgainForm",
    "change_password": "throughcare.web.sign_in.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
# A court or a prison shares one address: what is counted by address is wide, what is counted by account is narrow.
# `login_failed` by key also counts wrong codes of the second step; wrong passwords are locked out by axes before.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,10/15m/key",
    "reauthenticate": "10/5m/user",
    "change_password": "10/15m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("THROUGHCARE_BEHIND_PROXY") == "1" else 0

MFA_ADAPTER = "throughcare.web.sign_in.adapters.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "throughcare.web.sign_in.forms.CodeForm",
    "reauthenticate": "throughcare.web.sign_in.forms.CodeAgainForm",
    "activate_totp": "throughcare.web.sign_in.forms.FirstCodeForm",
    "add_webauthn": "throughcare.web.sign_in.forms.NewKeyForm",
    "edit_webauthn": "throughcare.web.sign_in.forms.KeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Throughcare"
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
# Without HTTPS browsers give keys to localhost only; fido2 is told not to insist on more.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = os.environ.get("THROUGHCARE_HTTPS", "") != "1"

_SIGN_ONS = os.environ.get("THROUGHCARE_OIDC", "")
SIGN_ONS = sign_ons(_SIGN_ONS) if _SIGN_ONS else no_sign_ons()
SOCIALACCOUNT_ADAPTER = "throughcare.web.sign_in.adapters.SignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [sign_on.app for sign_on in SIGN_ONS], "OAUTH_PKCE_ENABLED": True}}
SOCIALACCOUNT_AUTO_SIGNUP = False
# A posted form may not lead to another site under our form-action; a link may. The answer is tied to the asking by `state`.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# By account alone: a court shares one address, so no address is locked; and rotating addresses must not give more tries.
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_USERNAME_CALLABLE = "throughcare.web.sign_in.lock_out.counted_as"
AXES_LOCKOUT_CALLABLE = "throughcare.web.sign_in.lock_out.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "password", "credential", "code", "csrfmiddlewaretoken", "next"]
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# Shared by all worker processes, on one machine or several, so that a limit is one limit. Its table comes with `migrate`.
# So many entries that nobody can push the counts of others out of it: a minute's tries are bounded by address.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sign_in_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
