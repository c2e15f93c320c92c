"""What the demo's plans, meetings, key tasks and campaigns say. Everything is invented."""

from __future__ import annotations

from datetime import date

from zhijia.plans.models import Block, Campaign, Meeting

# (item, block, office of the owner and its number, month and day on which it is due)
FULL_ITEMS = (
    ("编制年度工会经费预算", Block.FUNDS, ("chair", 0), (1, 31)),
    ("春节前走访慰问离退休同志和困难职工", Block.CARE, ("committee", 2), (2, 8)),
    ("三八节女职工活动", Block.CULTURE, ("committee", 3), (3, 20)),
    ("经费收支审查并向会员公布", Block.FUNDS, ("review_director", 0), (4, 15)),
    ("机关干部职工读书活动", Block.LEARNING, ("committee", 1), (5, 31)),
    ("职工健康体检", Block.CARE, ("committee", 2), (7, 31)),
    ("住房补贴发放对象核对和公示", Block.CARE, ("committee", 2), (7, 31)),
    ("理论读书班", Block.LEARNING, ("committee", 1), (8, 31)),
    ("小组长以上工会干部集中学习", Block.BUILDING, ("committee", 0), (9, 30)),
    ("组织健步走活动", Block.CULTURE, ("committee", 4), (10, 31)),
    ("职工意见建议集中办理", Block.RIGHTS, ("vice_chair", 0), (11, 15)),
    ("年度工作总结和评先评优", Block.BUILDING, ("chair", 0), (12, 28)),
)
SMALL_ITEMS = tuple(FULL_ITEMS[number] for number in (0, 1, 2, 4, 5, 8, 11))
# Items that were late or are not done: (years before the last, item, block, due, days late or None, reason)
LATE_ITEMS = (
    (1, "职工书屋图书更新", Block.LEARNING, (6, 30), 47, "采购手续办理时间较长"),
    (1, "困难职工家庭状况集中回访", Block.CARE, (9, 30), 24, "部分离退休同志住址变更"),
    (0, "职工文体活动场地改造", Block.CULTURE, (9, 15), None, "场地归口调整，方案仍在商定"),
    (0, "意见建议网上办理流程上线", Block.RIGHTS, (10, 20), None, "信息系统改造排期延后"),
)
CANCELLED = "按当年防控要求不组织大型集体活动"

FULL_MEETINGS = (
    (Meeting.Kind.COMMITTEE, (3, 12), "审议上年度经费决算和本年度预算，研究困难补助名单"),
    (Meeting.Kind.COMMITTEE, (6, 18), "检查年度计划执行情况，研究职工体检和疗休养安排"),
    (Meeting.Kind.COMMITTEE, (9, 10), "研究工会干部培训、健步走活动和经费使用"),
    (Meeting.Kind.COMMITTEE, (12, 5), "研究年度总结、评先评优和春节前走访慰问安排"),
    (Meeting.Kind.REVIEW, (3, 5), "审查上年度工会经费收支决算"),
)
SMALL_MEETINGS = (FULL_MEETINGS[0], FULL_MEETINGS[3], FULL_MEETINGS[4])
GROUP_MEETINGS = (((4, 16), "结合岗位开展爱岗敬业教育，听取组员意见"), ((10, 15), "学习上级文件精神，谈思想谈工作"))

# By year of the term: (task of the organ, the union's action, role, what came of it)
FULL_KEY_TASKS = (
    (
        ("推进工程建设项目审批制度改革", "开展审批服务岗位练兵", "assist", "三个处室的窗口同志参加练兵"),
        ("老旧小区改造开局", "组织职工志愿服务进小区", "lead", "两批职工到社区参加志愿服务"),
    ),
    (
        ("优化住房公积金服务", "组织服务承诺和岗位学先进活动", "assist", "各小组作出服务承诺"),
        ("城市内涝治理", "发动技术骨干提合理化建议", "lead", "多条建议被采纳"),
    ),
    (
        ("美丽城镇建设", "与驻点乡镇开展结对服务", "joint", "结对服务两个乡镇"),
        ("建筑业转型升级", "举办新技术讲座", "lead", "讲座面向全厅职工"),
    ),
    (
        ("保障性住房建设", "开展“工程优质、干部优秀”倡议", "lead", "倡议得到各小组响应"),
        ("城乡历史文化保护", "组织职工实地学习考察", "lead", "学习成果在内网交流"),
    ),
    (
        ("城市更新行动", "组织青年职工调研小分队", "assist", "形成调研报告"),
        ("数字住建平台上线", "组织业务系统操作比武", "joint", "比武优胜者列入年度评优"),
    ),
    (
        ("好房子建设试点", "组织职工到试点项目学习", "assist", "学习体会在小组会上交流"),
        ("建设工程消防审验改革", "", "assist", ""),
    ),
)
SMALL_KEY_TASKS = (
    (("馆藏档案数字化", "组织档案整理岗位练兵", "assist", "练兵成绩在馆内通报"),),
    (("新馆搬迁", "发动职工参加搬迁志愿服务", "joint", "全馆职工分批参加"),),
    (("档案开放审核", "组织业务学习小组", "lead", "小组每月学习一次"),),
    (("民生档案查询服务", "开展服务承诺活动", "assist", "窗口实行首问负责"),),
    (("红色档案征集", "组织职工走访征集线索", "assist", "线索已移交征集科"),),
    (("档案安全大检查", "开展安全知识学习", "lead", "各小组完成自查"),),
)

EDUCATION = Campaign.Kind.EDUCATION
# (name, kind, years after the first full one, first month and day, days or None, slogan, body, number, role, outcome)
FULL_CAMPAIGNS = (
    (
        "党史学习教育活动",
        EDUCATION,
        0,
        (3, 8),
        290,
        "学史明理、学史增信、学史崇德、学史力行",
        "厅直属机关党委",
        "江建直党〔2021〕4号",
        "assist",
        "机关工会和各工会小组配合党组织开展专题学习",
    ),
    (
        "机关效能建设活动",
        Campaign.Kind.EFFICIENCY,
        0,
        (4, 12),
        260,
        "提速、提质、提效",
        "厅党组",
        "江建党〔2021〕11号",
        "assist",
        "倡导爱岗敬业，组织岗位练兵",
    ),
    (
        "创建学习型组织、争做知识型职工活动",
        Campaign.Kind.LEARNING,
        0,
        (5, 10),
        None,
        "创建学习型组织，争做知识型职工",
        "建设建材工会",
        "江建工〔2021〕6号",
        "lead",
        "每年有读书书目、有交流、有评比",
    ),
    (
        "作风建设年活动",
        Campaign.Kind.STYLE,
        1,
        (2, 21),
        313,
        "转作风、优服务、树形象",
        "机关党总支",
        "江建机党〔2022〕2号",
        "assist",
        "协助机关党总支开展作风大家谈",
    ),
    (
        "和谐机关创建活动",
        Campaign.Kind.HARMONY,
        2,
        (3, 15),
        None,
        "共建和谐机关，共享发展成果",
        "厅直属机关党委",
        "江建直党〔2023〕5号",
        "joint",
        "团拜、文体小组和谈心活动持续开展",
    ),
    (
        "“岗位学先进、争创新业绩”活动",
        Campaign.Kind.SLOGAN,
        3,
        (4, 25),
        240,
        "岗位学先进、争创新业绩",
        "建设建材工会",
        "江建工〔2024〕9号",
        "lead",
        "各小组推荐身边先进，内网专栏宣传",
    ),
)
SMALL_CAMPAIGNS = (
    (
        "创建学习型机关活动",
        Campaign.Kind.LEARNING,
        0,
        (5, 10),
        None,
        "读好书、强本领",
        "市级机关工会联合会",
        "云机工〔2021〕3号",
        "lead",
        "每年开展读书交流",
    ),
    (
        "机关作风建设活动",
        Campaign.Kind.STYLE,
        1,
        (3, 1),
        300,
        "转作风、优服务",
        "机关党支部",
        "云档党〔2022〕2号",
        "assist",
        "配合党支部开展谈心谈话",
    ),
)

NEXT_TASKS_ON = date(2026, 10, 30)
# (block, task, the problem of this term that it answers)
FULL_NEXT_TASKS = (
    (
        Block.CULTURE,
        "配合行政落实职工文体活动场地，推动文体小组活动更加经常",
        "文体活动场地改造未能按期完成，会员对文体场地的满意率偏低",
    ),
    (Block.RIGHTS, "建立意见建议网上办理流程，做到件件有答复、可查询", "意见建议网上办理流程未能按期上线"),
    (Block.LEARNING, "办好职工书屋，加快图书更新，办出读书活动特色", "职工书屋图书更新逾期完成"),
    (Block.CULTURE, "坚持每年组织一次全员参加的健步走活动，遇特殊情况采取分散方式", "个别年度没有组织健步走活动"),
    (Block.CARE, "完善困难职工档案，实行定期回访和动态管理", "困难职工家庭状况回访不够及时"),
)
SMALL_NEXT_TASKS = (
    (Block.CULTURE, "增设职工活动角，丰富日常文体活动", "文体活动形式不够丰富"),
    (Block.RIGHTS, "完善职工意见答复制度", "个别意见答复不够及时"),
    (Block.LEARNING, "加强工会干部业务学习", "工会干部业务学习时间不足"),
    (Block.CARE, "做好新进职工入会和关爱服务", "对新进职工关心不够"),
)
ACHIEVEMENTS = "计划事项基本落实，走访慰问、健康体检、读书学习和文体活动按计划开展，经费预算执行规范。"
PROBLEMS = (
    "大型活动受客观条件影响组织不够。",
    "文体小组之间活动不够平衡，个别集体活动没有组织。",
    "宣传载体更新不够及时。",
    "青年职工参与面还不够宽。",
    "职工书屋图书更新较慢，文体活动场地不足。",
)
DIRECTION = "围绕单位中心工作找准结合点，突出服务职工，做好下一年度重点事项的分工落实。"
