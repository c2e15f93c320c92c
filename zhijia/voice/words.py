"""Words by which unions' own ledgers call the choices of this room, with their codes."""

from __future__ import annotations

AREAS = {
    "管理": "management",
    "机关效能": "management",
    "办公": "office",
    "办公环境": "office",
    "装修": "office",
    "办公室装修": "office",
    "购房": "housing",
    "住房补贴": "housing",
    "福利": "welfare",
    "医疗": "health",
    "体检": "health",
    "饭堂": "canteen",
    "后勤": "canteen",
    "文体": "culture",
    "学习": "learning",
    "培训": "learning",
    "晋升": "career",
    "评优": "career",
    "工会": "union",
}
SOURCES = {
    "座谈": "meeting",
    "会议": "meeting",
    "信箱": "mailbox",
    "意见箱": "mailbox",
    "网上": "online",
    "网络": "online",
    "走访": "visit",
    "慰问走访": "visit",
    "小组": "group",
    "组长转达": "group",
    "合理化建议": "proposal",
}
KINDS = {
    "制度制定": "rule",
    "制度": "rule",
    "参与制度": "rule",
    "征求意见": "consultation",
    "意见征求": "consultation",
    "协商": "consultation",
}
ROLES = {
    "主办方": "lead",
    "牵头": "lead",
    "承办": "lead",
    "联合": "joint",
    "配合": "assist",
    "协助": "assist",
    "参加": "take_part",
}
WAYS = {
    "走访": "visit_talk",
    "谈心": "visit_talk",
    "谈心谈话": "visit_talk",
    "信箱": "mailbox",
    "意见箱": "mailbox",
    "座谈": "forum",
    "网上": "online",
    "网站专栏": "online",
    "职工之家网": "online",
    "问卷": "survey",
    "调查": "survey",
    "热线": "hotline",
    "接待": "hotline",
}
SORTS = {"诉求": "appeal", "来访": "appeal", "监督": "watch", "关注": "watch", "维权重点": "watch"}
FIELDS = {"政治": "political", "民主": "democratic", "经济": "economic", "女职工": "women", "妇女权益": "women"}
SUBS = {
    "晋升": "promotion",
    "职务晋升": "promotion",
    "评先评优": "selection",
    "知情": "knowing",
    "发言": "speaking",
    "工资": "pay",
    "福利": "pay",
    "医疗": "medical",
    "休假": "leave",
    "年休假": "leave",
    "健康": "health",
    "孕产期保护": "maternity",
    "哺乳": "maternity",
}
OPEN_KINDS = {
    "政务": "affairs",
    "行政事务": "affairs",
    "干部": "personnel",
    "人事": "personnel",
    "会务": "union",
    "工会事务": "union",
    "经费": "funds",
    "财务": "funds",
    "福利": "welfare",
}
RATERS = {
    "上级": "superior",
    "上级工会": "superior",
    "会员": "members",
    "会员评家": "members",
    "职工": "members",
    "自评": "self",
    "自我": "self",
}
GRADES = {
    "优": "excellent",
    "先进": "excellent",
    "良": "good",
    "较好": "good",
    "中": "pass",
    "一般": "pass",
    "差": "fail",
}
TOPICS = {
    "总评": "whole",
    "全部": "whole",
    "综合": "whole",
    "学习": "learning",
    "维权": "rights",
    "服务": "care",
    "文体": "culture",
    "组织建设": "building",
    "经费": "funds",
}
