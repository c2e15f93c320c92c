"""All components on one live page, in development only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijia.core.guards import requires
from zhijia.core.outcomes import Violation
from zhijia.core.pages import parts
from zhijia.core.pages.charts import Point, bars


@requires("shell.home")
@require_safe
def components(request: Any) -> HttpResponse:
    """Every component in every state, as pages use them."""
    if not settings.DEBUG:
        raise Http404("只在开发时可用")
    choice = (parts.Choice("a", "甲", True), parts.Choice("b", "乙"), parts.Choice("c", "丙"))
    fields = (
        parts.Field("text", "文字", help="一句说明", hint="如：春游", required=True, wide=False),
        parts.Field("wrong", "写错的", value="二月三十", errors=("这里要填日期——例如 2026-02-28",)),
        parts.Field("date", "日期", "date", "2026-11-22"),
        parts.Field("money", "金额", "money", "300"),
        parts.Field("number", "人数", "number", "12"),
        parts.Field("picker", "姓名", "picker", pick_url="/records/members/person/pick/"),
        parts.Field("select", "选一个", "select", choices=choice),
        parts.Field("radios", "选一个", "radios", choices=choice),
        parts.Field("checks", "选几个", "checks", choices=choice),
        parts.Field("check", "已签收", "check", "1"),
        parts.Field("area", "长文字", "textarea", "第一行\n第二行"),
        parts.Field("secret", "手机", "secret", before="已登记，尾号1234；留空不改"),
        parts.Field("file", "照片", "file", multiple=True),
    )
    badges = [parts.Badge(word, tone) for word, tone in (
        ("已完成", parts.DONE), ("办理中", parts.INFO), ("快到期", parts.DUE), ("已过期", parts.LATE),
        ("团体第三名", parts.HONOUR), ("草稿", parts.QUIET),
    )]  # fmt: skip
    heads = (
        parts.Head("姓名", sort_url="?sort=name", sorted="up"),
        parts.Head("状态"),
        parts.Head("金额（元）", number=True),
    )
    rows = [
        parts.Row((parts.Cell("张伟", "#"), parts.Cell(badge=badge), parts.Cell("1,234.50", number=True)), str(place))
        for place, badge in enumerate(badges)
    ]
    change = parts.Change("金额", "300.00", "500.00")
    moments = [
        parts.Moment(
            datetime(2026, 11, 20, 9, 30, tzinfo=UTC), "刘少华", "修改", (change, parts.Change("手机", shown=False))
        )
    ]
    points = [Point(str(2024 + place), 60 + 30 * place, f"{60 + 30 * place}人次", "#") for place in range(3)]
    tones = (parts.INFO, parts.DONE, parts.DUE, parts.LATE)
    bar = parts.FilterBar(
        "/dev/components/",
        (parts.Field("q", "查找", "search"),),
        (parts.Field("state", "状态", "select", choices=choice),),
        (parts.Chip("状态：办理中", "#"),),
        saved=(parts.Tab("今年未签收", "#"),),
    )
    context = {
        "groups": [parts.FieldGroup("一组栏目", fields)],
        "badges": badges,
        "table": parts.Table(heads, rows, "一张表", "pick"),
        "pager": parts.Pager("?before=1", "?after=2", "共1,000+条"),
        "notices": [parts.Notice("下一步会怎样。", tone, "一句要紧话", ("第一条",)) for tone in tones],
        "problems": [Violation("x", "缺少性别", "会籍管理办法", value="", mend="填写性别或身份证号")],
        "tabs": [parts.Tab("全部", "#", True, "12"), parts.Tab("未完成", "#", False, "3")],
        "steps": [parts.Step("上传", "done"), parts.Step("对应列", "now"), parts.Step("预览"), parts.Step("保存")],
        "moments": moments,
        "figures": [parts.Figure("因病补助", "8位", "#", "六年合计"), parts.Figure("缺少", "1年", "#", "", "late")],
        "figure": parts.Figure("", "8位", "#"),
        "progress": {"label": "正在核对", "done": 3, "total": 10},
        "files": [parts.FileLink("签收表.pdf", "#", "312 KB", "刘少华 2026-11-20", delete_url="#")],
        "chart": bars("走访人次三年增长一倍", points),
        "bar": bar,
        "main": parts.Action("新增走访", "#", "plus"),
        "more": [parts.Action("导出Excel", "#", "download"), parts.Action("打印", "#", "print")],
    }  # fmt: skip
    return render(request, "shell/components.html", context)
