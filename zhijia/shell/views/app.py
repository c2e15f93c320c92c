"""What makes the site an app on a phone: manifest, service worker, and the page shown without a connection.

The worker keeps style sheets, scripts, icons and that one page; a page with anybody's data is never kept.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from zhijia.core.guards import public

WORKER = "shell/worker.js"
KEPT = (
    "core/app.css",
    "core/app.js",
    "core/offline.js",
    "core/icon.svg",
    "core/icon-192.png",
    "django_htmx/htmx-2.min.js",
)
ICONS = (
    ("core/icon-192.png", 192, "any"),
    ("core/icon-512.png", 512, "any"),
    ("core/icon-maskable-512.png", 512, "maskable"),
)


@public
@require_safe
@cache_control(max_age=86400)
def manifest(request: HttpRequest) -> HttpResponse:
    """The app as a phone lists it."""
    icons = [
        {"src": static(file), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for file, size, purpose in ICONS
    ]
    told = {
        "name": "职家 · 网上职工之家",
        "short_name": "职家",
        "lang": "zh-Hans",
        "id": reverse("shell:home"),
        "start_url": reverse("shell:home"),
        "scope": reverse("shell:home"),
        "display": "standalone",
        "background_color": "#f6f7f9",
        "theme_color": "#b3171d",
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@cache
def _worker() -> str:
    """The worker's text, headed by what it keeps; the name of its store changes with any of these files."""
    texts = {name: Path(str(path)).read_bytes() for name in (WORKER, *KEPT) if (path := finders.find(name))}
    version = hashlib.sha256(b"".join(texts.values())).hexdigest()[:12]
    offline = reverse("shell:offline")
    files = [offline, *(static(name) for name in KEPT if name in texts)]
    head = {"STORE": f"zhijia-{version}", "OFFLINE": offline, "FILES": files, "STATIC": static("")}
    lines = [f"const {name} = {json.dumps(value)};" for name, value in head.items()]
    return "\n".join([*lines, texts[WORKER].decode()])


@public
@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; it stands at the top so that it may answer for the whole site."""
    headers = {"Service-Worker-Allowed": reverse("shell:home")}
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8", headers=headers)


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown without a connection; the worker fetches it as nobody, so that no name stands in it."""
    return render(request, "shell/offline.html")
