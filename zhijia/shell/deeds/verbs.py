"""The verbs of audit lines in plain words. Pure; one table. A verb that no pattern knows is shown as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

# What people look for, by the word in addresses.
GROUPS: dict[str, str] = {
    "records": "登记和修改",
    "withdrawals": "撤回和恢复",
    "files": "文件",
    "imports": "导入和撤销导入",
    "exports": "导出",
    "secrets": "查看保密内容、删除个人信息",
    "reports": "报告和材料",
    "inquiries": "收集表",
    "logins": "登录和口令",
    "system": "核对和密钥",
}


@dataclass(frozen=True, slots=True)
class Verb:
    """A pattern of verbs (`*`: anything), its group, its words, and what a line may tell besides: name → label."""

    pattern: str
    group: str
    words: str
    tells: tuple[tuple[str, str], ...] = ()


_REASON = (("reason", "原因"),)
# The first pattern that fits holds. Names in `tells` never hold personal data beyond what the deed's form asked for.
VERBS: tuple[Verb, ...] = (
    Verb("core.batch.imported", "imports", "导入台账"),
    Verb("members.person.merged", "records", "合并同一个人的两条记录"),
    Verb("members.pair.different", "records", "记下两条记录不是同一个人"),
    Verb("members.pair.reopened", "records", "撤销“不是同一个人”"),
    Verb("members.roster.applied", "imports", "按人事名册更新会员台账"),
    Verb("core.batch.undone", "imports", "撤销导入"),
    Verb("core.workbook.exported", "exports", "导出全部台账"),
    Verb("shell.owndata.exported", "exports", "下载自己的数据"),
    Verb("shell.exported", "exports", "导出列表"),
    Verb("core.audit.verified", "system", "核对审计链"),
    Verb("core.keys.rotated", "system", "更换加密密钥"),
    Verb("inquiries.answers.revealed", "secrets", "导出收集表的保密内容", (("reason", "用途"),)),
    Verb("core.person.erased", "secrets", "删除个人信息", (("reason", "原因"), ("minutes", "依据"))),
    Verb("*.revealed", "secrets", "查看保密内容", (("reason", "用途"),)),
    Verb("unions.union.founded", "records", "建立工会"),
    Verb("reports.packaged", "reports", "生成换届材料"),
    Verb("reports.confirmed", "reports", "核对并确认换届材料"),
    Verb("reports.draft.started", "reports", "开始写报告"),
    Verb("reports.draft.moved", "reports", "报告进入下一阶段"),
    Verb("reports.draft.kept", "reports", "留存报告版本"),
    Verb("reports.draft.restored", "reports", "恢复报告的旧版本"),
    Verb("reports.draft.reopened", "reports", "重新打开报告"),
    Verb("reports.draft.held", "reports", "锁定报告的一节"),
    Verb("reports.draft.released", "reports", "解锁报告的一节"),
    Verb("reports.draft.phrase.confirmed", "reports", "确认报告里的提法"),
    Verb("reports.draft.*", "reports", "修改报告"),
    Verb("reports.opinion.added", "reports", "登记对报告的意见"),
    Verb("reports.opinion.answered", "reports", "答复对报告的意见"),
    Verb("reports.return.*", "reports", "核对改回来的报告"),
    Verb("reports.*", "reports", "报告"),
    Verb("inquiries.nudge.made", "inquiries", "催填收集表"),
    Verb("inquiries.inquiry.written", "inquiries", "新建收集表"),
    Verb("inquiries.inquiry.changed", "inquiries", "修改收集表"),
    Verb("inquiries.inquiry.saved", "inquiries", "登记收集表"),
    Verb("inquiries.inquiry.*", "inquiries", "收集表开放、截止或关闭"),
    Verb("members.person.admit", "records", "入会"),
    Verb("members.person.transfer_in", "records", "调入"),
    Verb("members.person.retain", "records", "退休保留会籍"),
    Verb("members.person.resume", "records", "恢复会籍"),
    Verb("members.person.transfer_out", "records", "调出"),
    Verb("members.person.withdraw", "records", "退会"),
    Verb("members.person.deem", "records", "自动退会"),
    Verb("members.person.expel", "records", "开除会籍"),
    Verb("members.person.die", "records", "登记去世"),
    Verb("members.person.undone", "records", "撤销办错的会籍变动", _REASON),
    Verb("members.person.move", "records", "换小组或处室"),
    Verb("members.people.moved", "records", "批量调整小组、处室", _REASON),
    Verb("members.groups.reorganised", "records", "机构改革", (("title", "内容"), ("paper", "文号"))),
    Verb("members.relative.removed", "withdrawals", "本人删除家庭成员"),
    Verb("members.ownfield.saved", "records", "改自定义字段"),
    Verb("members.lapse.talked", "records", "登记自动退会前的谈话"),
    Verb("members.lapse.deemed", "records", "决定按自动退会办理"),
    Verb("members.lapse.kept", "records", "决定不算自动退会"),
    Verb("standards.number.settled", "records", "确认年限或天数", (("title", "事项"), ("number", "数"))),
    Verb("members.post.handed_over", "records", "职务交接"),
    Verb("members.post.taken_up", "records", "登记上任"),
    Verb("members.post.left", "records", "登记卸任", _REASON),
    Verb("members.visit.begun", "logins", "开通来访查阅", (("purpose", "事由"), ("last", "到哪天"))),
    Verb("members.visit.stopped", "logins", "收回来访查阅"),
    Verb("members.admission.applied", "records", "申请入会"),
    Verb("members.admission.remarked", "records", "签入会意见"),
    Verb("members.admission.approved", "records", "批准入会", (("meeting", "会议"),)),
    Verb("members.admission.refused", "records", "没有批准入会", (("meeting", "会议"),)),
    Verb("accounts.invitation.made", "logins", "发邀请条"),
    Verb("accounts.invitation.revoked", "logins", "收回邀请条"),
    Verb("accounts.login.entered", "logins", "登录"),
    Verb("accounts.login.locked", "logins", "试错太多，暂停登录"),
    Verb("accounts.login.made", "logins", "凭邀请设了登录"),
    Verb("accounts.confirm.failed", "logins", "再次输入口令，没有对上"),
    Verb("accounts.password.changed", "logins", "换口令"),
    Verb("accounts.reset.asked", "logins", "申请重设口令"),
    Verb("accounts.reset.vouched", "logins", "当面确认重设口令"),
    Verb("accounts.reset.refused", "logins", "没有同意重设口令"),
    Verb("accounts.reset.done", "logins", "重设了口令"),
    Verb("accounts.second.code_used", "logins", "用了一个备用码"),
    Verb("accounts.second.codes_made", "logins", "换一组备用码"),
    Verb("accounts.second.app_added", "logins", "加验证码应用"),
    Verb("accounts.second.app_removed", "logins", "去掉验证码应用"),
    Verb("accounts.second.passkey_added", "logins", "加通行密钥"),
    Verb("accounts.second.passkey_removed", "logins", "去掉通行密钥"),
    Verb("accounts.outside.linked", "logins", "连上外部账号"),
    Verb("accounts.outside.unlinked", "logins", "断开外部账号"),
    Verb("accounts.*", "logins", "登录名、口令或登录设备"),
    Verb("*.saved", "records", "登记或修改"),
    Verb("*.withdrawn", "withdrawals", "撤回", _REASON),
    Verb("*.restored", "withdrawals", "恢复", _REASON),
    Verb("*.filed", "files", "添加文件"),
    Verb("*.unfiled", "files", "移除文件"),
)


@cache
def known(verb: str) -> Verb:
    """The table's line for a verb; for an unknown one its own name, in no group."""
    return next((one for one in VERBS if fnmatchcase(verb, one.pattern)), Verb(verb, "", verb))


def words(verb: str) -> str:
    """The verb in plain words."""
    return known(verb).words


def of_group(word: str, there: Iterable[str]) -> list[str]:
    """The verbs of a group among those that occur; an unknown verb is a group of its own, under its name."""
    return [verb for verb in there if (known(verb).group or verb) == word]


def of_table(label: str, there: Iterable[str]) -> list[str]:
    """The verbs that tell of the table `app.Model` among those that occur."""
    prefix = label.lower() + "."
    return [verb for verb in there if verb.lower().startswith(prefix)]
