"""My entitlements and history by year, and my applications, on a phone first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhijia.core.guards import requires
from zhijia.core.pages.parts import DONE, DUE, QUIET, Badge, Tab
from zhijia.core.pages.reading import whole_number
from zhijia.core.person_types import ANSWERED, TURNED_DOWN, WAITING
from zhijia.shell import my_data, my_record

_TONES = {WAITING: ("等办理", DUE), ANSWERED: ("已办", DONE), TURNED_DOWN: ("没有同意", QUIET)}
SHOWN = 50


@requires("shell.home")
@never_cache
@require_safe
def my_record_page(request: Any) -> HttpResponse:
    """What I received and took part in, one year at a time."""
    typed = request.GET.get("year", "")
    wanted = whole_number(typed, 4)
    found = my_record.year_of(request.access, wanted)
    years = found.years if found else ()
    tabs = tuple(
        Tab(f"{year}年", f"?year={year}", found is not None and year == found.year, str(n)) for year, n in years
    )
    return render(request, "shell/my_record.html", {"found": found, "tabs": tabs})


@requires("shell.home")
@never_cache
@require_safe
def my_applications(request: Any) -> HttpResponse:
    """What I asked for: how it stands, what comes next and by whom; and the copies of my data that I took."""
    waiting, done = my_record.asked(request.access)
    parts = [[(line, Badge(*_TONES[line.one.stands])) for line in lines] for lines in (waiting, done[:SHOWN])]
    context = {"waiting": parts[0], "done": parts[1], "copies": my_data.copies(request.access)}
    return render(request, "shell/my_applications.html", context)
