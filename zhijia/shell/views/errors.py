"""Pages for what went wrong: what happened, and what to do next; never an exception's text."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from zhijia.core.guards import public
from zhijia.shell import visits
from zhijia.shell.access import OFFICES, posts_with
from zhijia.shell.documentation import ROOM_NAMES
from zhijia.shell.grants import MEMBER

ROOMS = {**ROOM_NAMES, "shell": "数据和记录", "reports": "报告"}
DEEDS = {"view": "查看", "facts": "查看", "records": "查看", "read": "阅读", "edit": "登记和修改", "report": "上报"}


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(request, 400, "这个请求看不懂", "没有保存任何内容。请返回上一页，刷新后重试。")


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: what would be needed, and who has it."""
    return _page(request, 403, "您的职务不能打开这一页", *_reason(request, exception))


@public
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was open too long, or came from another site."""
    return _page(
        request,
        403,
        "页面打开得太久，没有提交成功",
        "没有保存任何内容。请返回上一页，刷新后再提交；浏览器要允许本站的 Cookie。",
    )


@public
def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, also for what belongs to another union."""
    return _page(request, 404, "没有这一页", "地址可能写错了，或内容已经不在了。可以回首页，或用上面的查找。")


@public
def not_by_address(request: HttpRequest, allowed: str = "") -> HttpResponse:
    """405: an address that only a button of a page sends to was opened itself, by reloading or from the history."""
    response = _page(request, 405, "这一步要在页面上办", "没有保存任何内容。请回到原来的页面，再点一次那里的按钮。")
    response.headers["Allow"] = allowed
    return response


@public
def failed(request: HttpRequest) -> HttpResponse:
    """500, with a number that stands in the log beside the place (and no value).

    Drawn without the frame's context: what failed may be the database, which the frame asks.
    """
    from zhijia.shell.cli import note_error  # at the end of its rope the page needs nothing else of the command line

    text = f"没有保存任何内容。请稍后再试；再出现时请告诉系统管理员错误编号 {note_error()}。"
    return HttpResponse(render_to_string("shell/error.html", {"title": "程序出了意外", "text": text}), status=500)


def _reason(request: Any, exception: Exception | None) -> tuple[str, str]:
    """What the page needs that the person lacks, and whom to ask."""
    access = getattr(request, "access", None)
    if access is not None and not access.union:
        return "这个登录名还没有对应到会员，或会员资格已经结束。", "请系统管理员在会员台账里核对。"
    if access is not None and access.visiting is not None and request.method not in visits.SAFE:
        return "您是来访查阅，只能看，不能登记或修改。", "要登记什么，请告诉本工会的干部。"
    if access is not None and visits.over(access):
        return "您的来访查阅不在有效期内：还没有开始，或已经结束、收回。", "还需要查阅的，请找本工会主席重新开通。"
    permission = str(exception.args[0]) if isinstance(exception, PermissionDenied) and exception.args else ""
    room, _dot, deed = permission.partition(".")
    posts = posts_with(permission)
    if not posts:
        return "权限随任职而来，任职由主席或系统管理员登记。", "如果应当能看，请找主席或系统管理员。"
    holders = [label for office, label in OFFICES.items() if office in posts]
    if MEMBER in posts:
        return "这一页给本工会的会员看。", "如果您是会员，请系统管理员在会员台账里核对。"
    what = f"{DEEDS[deed]}{ROOMS.get(room, '这一项')}" if deed in DEEDS else "打开这一页"
    return (
        f"能{what}的职务：{'、'.join(holders)}。",
        f"需要看或要改什么，请找{'或'.join(holders[:2])}；如果您已经任职，请系统管理员登记任职日期。",
    )


def _page(request: Any, status: int, title: str, text: str, ask: str = "") -> HttpResponse:
    if not hasattr(request, "access"):
        request.access = None
    return render(request, "shell/error.html", {"title": title, "text": text, "ask": ask}, status=status)
