"""What happened to one's login, from the audit chain of the own union, in words."""

from __future__ import annotations

from zhijia.accounts.models import User
from zhijia.core.access import Access
from zhijia.core.models import AuditLine
from zhijia.core.pages.parts import Moment

SHOWN = 12
_WORDS = {
    "accounts.login.made": "建立了登录名",
    "accounts.login.entered": "登录",
    "accounts.login.locked": "输错次数太多，暂停登录",
    "accounts.password.changed": "换了口令",
    "accounts.reset.asked": "有人申请重设口令",
    "accounts.reset.vouched": "有人当面确认后发了重设口令的代码",
    "accounts.reset.refused": "重设口令的申请被驳回",
    "accounts.reset.done": "用代码重设了口令",
    "accounts.second.app_added": "加了验证码应用",
    "accounts.second.app_removed": "去掉了验证码应用",
    "accounts.second.codes_made": "换了备用码",
    "accounts.second.code_used": "用掉一个备用码",
    "accounts.second.passkey_added": "加了通行密钥",
    "accounts.second.passkey_removed": "去掉了通行密钥",
    "accounts.outside.linked": "关联了外部账号",
    "accounts.outside.unlinked": "取消了外部账号",
    "accounts.confirm.failed": "再次确认口令时输错",
}
_HOW = {"password": "口令", "passkey": "通行密钥", "outside": "外部账号"}


def moments(user: User, access: Access) -> list[Moment]:
    """The last things that happened to the login, newest first; who did it where it was somebody else."""
    lines = AuditLine.objects.filter(union_id=access.union, subject=User._meta.label, subject_id=user.pk)
    found = []
    for line in lines.order_by("-seq")[:SHOWN]:
        what = _WORDS.get(line.verb, "其他变动")
        how = _HOW.get(str(line.changes.get("how", "")), "")
        other = line.user_id not in (None, user.pk)
        found.append(Moment(line.at, "工会干部" if other else "", f"{what}（{how}）" if how else what))
    return found
