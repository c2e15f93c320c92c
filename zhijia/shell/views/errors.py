"""Pages for what went wrong: what happened, and what to do next; never an exception's text."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhijia.core.guards import public


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(request, 400, "这个请求看不懂", "请返回上一页重试。")


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(request, 403, "您没有查看这一页的权限", "权限随任职而来；如果应当能看，请找工会主席或系统管理员。")


@public
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was open too long, or came from another site."""
    return _page(request, 403, "页面打开得太久，没有提交成功", "请返回上一页，刷新后重新填写。")


@public
def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, also for what belongs to another union."""
    return _page(request, 404, "没有这一页", "地址可能写错了，或内容已经不在了。")


@public
def failed(request: HttpRequest) -> HttpResponse:
    """500, with a number that stands in the log beside the place (and no value)."""
    from zhijia.shell.cli import note_error  # at the end of its rope the page needs nothing else of the command line

    return _page(
        request, 500, "程序出了意外", f"没有保存任何内容。请稍后再试；再出现时请告诉管理员错误编号 {note_error()}。"
    )


def _page(request: Any, status: int, title: str, text: str) -> HttpResponse:
    if not hasattr(request, "access"):
        request.access = None
    return render(request, "shell/error.html", {"title": title, "text": text}, status=status)
