"""Every address of the service: the guarded pages, and sign-in, which has its own rules."""

from django.urls import include, path

from throughcare.api.addresses import patterns as api_patterns
from throughcare.web.addresses import patterns

urlpatterns = [
    path("sign-in/", include("throughcare.web.sign_in.urls")),
    *patterns(),
    *api_patterns(),
]
handler404 = "throughcare.web.faults.not_found"
handler403 = "throughcare.web.faults.forbidden"
handler500 = "throughcare.web.faults.failed"
