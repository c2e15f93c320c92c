"""What staff of the demo suggest, are consulted on, and which rights were at stake. All invented."""

from __future__ import annotations

from zhijia.voice.models import Area, OpenItem, Participation, RightsMatter, Way

# (area, suggestion, office that answers, what came of it; empty where it was not taken up)
SUGGESTIONS = (
    (Area.CANTEEN, "食堂增加早餐品种，延长供餐时间", "办公室", "早餐增加三个品种，供餐延长二十分钟"),
    (Area.OFFICE, "地下车库增设电动车充电桩", "办公室", "在车库一层安装充电桩"),
    (Area.CULTURE, "增加文体小组的活动器材", "", "为文体小组添置器材"),
    (Area.MANAGEMENT, "精简会议和材料，推行无纸化会议", "办公室", "内部会议改用无纸化系统"),
    (Area.WELFARE, "节日慰问品增加可选种类", "", "节日慰问改为多种清单自选"),
    (Area.HEALTH, "体检增加心脑血管筛查项目", "人教处", "当年体检增加筛查项目"),
    (Area.LEARNING, "职工书屋增加业务类图书", "", "按处室书目补充图书"),
    (Area.CAREER, "公开职级晋升的条件和名额", "人教处", "晋升方案在内网公布"),
    (Area.HOUSING, "住房补贴办理流程一次性告知", "计财处", "印发办理须知"),
    (Area.UNION, "小组活动经费使用情况定期公布", "", "每半年在内网公布"),
    (Area.CULTURE, "建立固定的文体活动场地", "办公室", ""),
    (Area.OFFICE, "改善老办公楼的空调和照明", "办公室", "列入装修方案统一改造"),
    (Area.MANAGEMENT, "跨处室事项明确牵头处室", "办公室", "修订办事流程，明确首办负责"),
    (Area.WELFARE, "生日慰问增加蛋糕券以外的选择", "", ""),
    (Area.HEALTH, "开设中医理疗便民服务", "", ""),
    (Area.LEARNING, "业务培训安排在线课程", "人教处", "开通网络课程"),
    (Area.CANTEEN, "食堂设置少油少盐窗口", "办公室", "设立健康餐窗口"),
    (Area.OTHER, "暑期开设职工子女托管班", "", "与周边单位联合开办托管班"),
    (Area.UNION, "新同志入会后安排一次座谈", "", "每年秋季召开新进人员座谈会"),
    (Area.MANAGEMENT, "缩短公务用车审批时间", "办公室", ""),
)
PENDING = (
    (Area.OFFICE, "改善地下车库照明", 12),
    (Area.CULTURE, "周末开放乒乓球室", 20),
)  # unanswered: days before today
CHANNELS_OF_SUGGESTIONS = ("meeting", "mailbox", "online", "group", "visit")
ANSWERED = "已与有关处室商定办理"
DECLINED = "受场地或经费所限暂不具备条件，已向本人或小组说明"

RULE, CONSULT = Participation.Kind.RULE, Participation.Kind.CONSULTATION
# Kind, area, name, years after the first, month and day, office, people in 100, opinions, adopted, opinion.
FULL_SHARED = (
    (RULE, Area.HOUSING, "机关职工购房程序和办法", 0, (5, 18), "计财处", 20, 12, 8, "程序要公开，排序条件要提前公布"),
    (CONSULT, Area.HOUSING, "职工住房调配方案", 0, (6, 8), "计财处", 38, 21, 13, ""),
    (RULE, Area.HOUSING, "住房补贴发放实施办法", 1, (3, 15), "计财处", 18, 9, 6, "补贴名单应在全厅公示"),
    (CONSULT, Area.OFFICE, "办公楼装修方案", 1, (4, 12), "办公室", 45, 32, 19, ""),
    (RULE, Area.WELFARE, "职工疗休养管理办法", 2, (4, 20), "人教处", 15, 8, 5, "年度名额要兼顾一线和高龄职工"),
    (CONSULT, Area.CANTEEN, "食堂服务改进方案", 2, (9, 14), "办公室", 60, 27, 15, ""),
    (RULE, Area.WELFARE, "职工困难补助办法", 3, (2, 27), "", 12, 6, 4, "补助条件要具体，发放前要公示"),
    (CONSULT, Area.CAREER, "年度评先评优办法", 3, (10, 22), "人教处", 35, 14, 9, ""),
    (RULE, Area.MANAGEMENT, "机关考勤和年休假管理规定", 4, (3, 11), "人教处", 20, 10, 6, "应保障职工年休假权利"),
    (CONSULT, Area.OFFICE, "办公用房调整和装修方案", 5, (5, 13), "办公室", 40, 24, 14, ""),
)
SMALL_SHARED = (
    (RULE, Area.HOUSING, "馆职工住房补贴发放办法", 1, (3, 15), "", 25, 5, 3, "名单应在全馆公示"),
    (CONSULT, Area.OFFICE, "新馆办公室装修方案", 2, (4, 12), "", 60, 12, 7, ""),
    (CONSULT, Area.HOUSING, "职工购房意向", 3, (6, 10), "", 50, 8, 5, ""),
)
# Each: name, kind, year, month and day of opening, address.
FULL_CHANNELS = (
    ("职工座谈会", Way.FORUM, 2012, 3, 1, "机关会议室"),
    ("工会主席信箱", Way.MAILBOX, 2015, 4, 20, "一楼大厅"),
    ("网上职工之家", Way.ONLINE, 2022, 4, 28, "内网首页工会专栏"),
    ("年度满意度问卷", Way.SURVEY, 2021, 11, 15, "内网问卷"),
    ("职工来访接待日", Way.HOTLINE, 2018, 1, 8, "工会办公室"),
)
SMALL_CHANNELS = (
    ("职工座谈会", Way.FORUM, 2014, 3, 1, "馆会议室"),
    ("意见箱", Way.MAILBOX, 2016, 4, 20, "一楼门厅"),
    ("网上职工之家", Way.ONLINE, 2023, 4, 26, "内网工会栏目"),
)

APPEAL, WATCH = RightsMatter.Sort.APPEAL, RightsMatter.Sort.WATCH
Field, Sub = RightsMatter.Field, RightsMatter.Sub
# (sort, field, sub, matter, years after the first full one, month and day, days to settle, reported to, outcome)
YEARLY_WATCH = (
    WATCH,
    Field.POLITICAL,
    Sub.PROMOTION,
    "职级晋升公开、公平、公正情况",
    (6, 20),
    28,
    "推荐、考察、公示程序完整",
)
FULL_RIGHTS = (
    (WATCH, Field.POLITICAL, Sub.SELECTION, "评选先进个人程序", 1, (12, 2), 20, "", "票数当场公布"),
    (
        APPEAL,
        Field.POLITICAL,
        Sub.SELECTION,
        "对评先名额分配的不同反映",
        2,
        (12, 6),
        15,
        "厅分管领导",
        "名额按处室人数重新分配",
    ),
    (APPEAL, Field.ECONOMIC, Sub.LEAVE, "年休假未能安排", 0, (10, 12), 34, "厅分管领导", "协调处室补休"),
    (APPEAL, Field.ECONOMIC, Sub.MEDICAL, "医疗费用报销办理", 1, (5, 9), 40, "", "说明政策并协助办理"),
    (APPEAL, Field.ECONOMIC, Sub.PAY, "加班补休和误餐标准", 3, (4, 8), 25, "办公室负责人", "按规定明确标准"),
    (APPEAL, Field.ECONOMIC, Sub.HEALTH, "办公场所装修异味", 4, (8, 19), 18, "厅分管领导", "检测合格后再搬入"),
    (
        APPEAL,
        Field.DEMOCRATIC,
        Sub.KNOWING,
        "办公室装修方案的知情权",
        1,
        (4, 20),
        12,
        "办公室负责人",
        "方案在内网公布并征求意见",
    ),
    (APPEAL, Field.WOMEN, Sub.MATERNITY, "设立哺乳室", 2, (3, 2), 60, "", "母婴关爱室建成使用"),
)
SMALL_RIGHTS = (
    (APPEAL, Field.ECONOMIC, Sub.LEAVE, "搬迁期间年休假安排", 1, (9, 6), 22, "馆分管领导", "错峰安排休假"),
    (APPEAL, Field.WOMEN, Sub.MATERNITY, "孕期女职工岗位调整", 3, (5, 8), 10, "", "调整到非一线岗位"),
)
# Each: kind, matter, month and day, role.
OPEN_ITEMS = (
    (OpenItem.Kind.PERSONNEL, "上年度考核结果", (1, 24), "assist"),
    (OpenItem.Kind.FUNDS, "上年度工会经费收支情况", (3, 20), "lead"),
    (OpenItem.Kind.PERSONNEL, "干部选拔任用结果", (7, 10), "assist"),
    (OpenItem.Kind.AFFAIRS, "机关财务预算和“三公”经费", (4, 8), "assist"),
    (OpenItem.Kind.AFFAIRS, "办公用品和服务采购结果", (9, 16), "assist"),
    (OpenItem.Kind.WELFARE, "节日慰问品采购和发放情况", (10, 12), "lead"),
)
# Satisfied of a hundred asked, by what was rated, in the last year that is over.
FULL_RATINGS = {"central": 94, "learning": 91, "rights": 88, "care": 96, "culture": 74, "building": 93, "funds": 95}
SMALL_RATINGS = {"learning": 90, "care": 95, "culture": 76}
