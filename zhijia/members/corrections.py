"""Requests to correct what is recorded about a person (更正请求): the person asks, the committee looks and answers.

Source: 个人信息保护法 art. 46. Numbers of papers, phones and cards are not written here: they are given by hand.
"""

from __future__ import annotations

from django.db import models

from zhijia.unions.models import UnionRecord

ERASE = "删除我的信息"  # asked for like a correction (art. 47): the committee looks whether anything stands against it
WAITING, DONE, REFUSED = "waiting", "done", "refused"
ERASED, KEPT = "erased", "kept"  # the answers to who asked for an erasure
TRANSITIONS = {
    "": (WAITING,), WAITING: (DONE, REFUSED, ERASED, KEPT), DONE: (), ERASED: (), REFUSED: (WAITING,), KEPT: (WAITING,),
}  # fmt: skip


def answer(about: str, state: str) -> str:
    """The answer in the words of what was asked for: an erasure is not "corrected", nor a correction "erased".

    >>> answer(ERASE, DONE), answer(ERASE, REFUSED), answer("会员", ERASED), answer("会员", WAITING)
    ('erased', 'kept', 'done', 'waiting')
    """
    pairs = {DONE: ERASED, REFUSED: KEPT}
    if about == ERASE:
        return pairs.get(state, state)
    return {said: plain for plain, said in pairs.items()}.get(state, state)


class CorrectionRequest(UnionRecord):
    """What one person says is wrong (`about`), how it should be (`wish`), and what came of it."""

    class State(models.TextChoices):
        WAITING = WAITING, "等待核对"
        DONE = DONE, "已更正"
        REFUSED = REFUSED, "未更正"
        ERASED = ERASED, "已删除"
        KEPT = KEPT, "不删除"

    person = models.ForeignKey("members.Person", models.PROTECT, related_name="+", verbose_name="姓名")
    about = models.CharField("哪一项", max_length=80)
    wish = models.CharField("应改为", max_length=300)
    asked_on = models.DateField("提出日期")
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    answered_on = models.DateField("答复日期", null=True)
    answer = models.CharField("答复", max_length=200, blank=True)

    class Meta:
        verbose_name = "更正请求"
        indexes = [models.Index(fields=["union", "state", "asked_on"], name="correction_by_state")]

    def __str__(self) -> str:
        return f"{self.person}：{self.about}"

    @property
    def asks_erasure(self) -> bool:
        """Whether it asks for an erasure and waits for an answer."""
        return self.about == ERASE and self.state == WAITING and self.withdrawn_on is None

    def fits(self, state: str) -> bool:
        """Whether the state is one in which this kind of request may be."""
        return answer(self.about, state) == state
