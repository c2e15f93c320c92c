"""The folder's own certificate authority for phones and computers that do not know it yet: the file, and the steps."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhijia.core.guards import public
from zhijia.shell.https import certificates, serving


@public
@never_cache
@require_safe
def authority(request: HttpRequest) -> HttpResponse:
    """The authority's certificate: it holds no secret."""
    file = serving.folder() / certificates.AUTHORITY
    if not file.is_file():
        raise Http404("这里没有自己的证书")
    headers = {"Content-Disposition": 'attachment; filename="zhijia-ca.crt"'}
    return HttpResponse(file.read_bytes(), content_type="application/x-x509-ca-cert", headers=headers)


@public
@never_cache
@require_safe
def install(request: HttpRequest) -> HttpResponse:
    """How a phone or a computer is told to trust this site, once."""
    file = serving.folder() / certificates.AUTHORITY
    context = {
        "file_url": reverse("shell:authority") if file.is_file() else "",
        "fingerprint": certificates.fingerprint(file) if file.is_file() else "",
        "home_url": reverse("shell:home"),
    }
    return render(request, "shell/install_certificate.html", context)
