"""What is shown when something is not there, not allowed, or has failed: what happened, that nothing is lost, where to go."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/forbidden.html", status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Without the frame's context: whatever failed may fail there again."""
    return HttpResponse(render_to_string("web/failed.html"), status=500)
