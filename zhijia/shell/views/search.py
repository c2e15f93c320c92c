"""Search, and the small questions that pages ask while one types."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhijia.core.guards import requires
from zhijia.core.money import MoneyError, capital_amount, parse_yuan
from zhijia.shell import catalogue, finding
from zhijia.shell.registers import BY_LABEL

FACTS = 12
TRY = "换一个词试试：姓名可以只写一部分，拼音可以只写首字母。"
LED = "您查得到的是您带的小组的人。"


@requires("shell.home")
@require_safe
def search(request: Any) -> HttpResponse:
    """Everything that fits what was typed, people first."""
    access = request.access
    text = request.GET.get("q", "").strip()[:60]
    facts = []
    if text and access.may("shell.facts"):
        facts = [
            finding.Found(spec.label, reverse("shell:fact", args=[spec.key]), spec.key)
            for spec in catalogue.FACTS
            if text in spec.label or text.lower() in spec.key
        ][:FACTS]
    context = {
        "text": text,
        "people": finding.people(access, text),
        "records": finding.records(access, text),
        "facts": facts,
        "places": list(finding.places(access, text)),
    }
    nothing = not (context["people"] or context["records"] or facts or context["places"])
    context["elsewhere"] = TRY + (LED if BY_LABEL[finding.PERSON].limited(access) else "")
    return render(request, "shell/search.html", context | {"nothing": nothing})


@requires("shell.home")
@require_safe
def capital(request: Any) -> JsonResponse:
    """An amount in capitals, as a form echoes it; empty for what is no amount."""
    try:
        text = capital_amount(parse_yuan(request.GET.get("value", "")))
    except (MoneyError, ValueError):
        text = ""
    return JsonResponse({"text": text})
