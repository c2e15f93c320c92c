"""Sheets 学习培训, 继续教育."""

from __future__ import annotations

from zhijia.activities.columns import CAMPAIGN, GROUP, PAYER, ROLE
from zhijia.core.sheets.declare import Column, Sheet
from zhijia.core.sheets.kinds import choice, date_, long_text, loose_ref, ref, text, whole
from zhijia.learning import services
from zhijia.learning.models import LearningSession
from zhijia.unions.sheets import UID

Kind, Audience, Topic = LearningSession.Kind, LearningSession.Audience, LearningSession.Topic
KINDS = {
    "读书": "reading",
    "主题读书": "reading",
    "读书班": "theory_class",
    "理论学习": "theory_class",
    "干部培训": "cadre_training",
    "集中学习": "cadre_training",
    "文件学习": "policy_study",
    "政策学习": "policy_study",
    "先进事迹学习": "role_model_study",
    "先进典型": "role_model_study",
    "交流会": "exchange",
    "读书交流": "exchange",
    "成果交流": "exchange",
    "业务培训": "continuing_education",
}
AUDIENCES = {
    "会员": "members",
    "全体职工": "members",
    "小组长以上": "leaders",
    "工会干部": "leaders",
    "委员": "committee",
    "财务人员": "finance",
    "经审人员": "finance",
    "会计": "finance",
    "青年": "young",
    "党员": "party",
    "女会员": "women",
}

SESSIONS = Sheet(
    name="学习培训",
    records=services.SESSIONS,
    parts=(
        ("学习", "title"),
        ("组织", "audience"),
        ("内容", "topic"),
        ("到场与材料", "invited"),
        ("归属与效果", "campaign"),
    ),
    synonyms=("学习台账", "培训台账", "学习记录", "培训记录", "读书活动"),
    rids=("R22", "R44", "R49", "R50", "R51", "R52", "R53", "R55", "R56", "R127", "R128", "R129", "R130", "R132"),
    help="读书活动、理论读书班、工会干部培训、文件学习、先进典型学习、交流、讲座，一次一行。",
    columns=(
        UID,
        Column(
            "名称",
            "title",
            text(120),
            required=True,
            synonyms=("学习内容", "培训名称", "培训内容", "活动名称", "主题名称"),
            examples=("2024年理论读书班", "2024年工会干部集中学习"),
        ),
        Column(
            "类别",
            "kind",
            choice(Kind, KINDS),
            synonyms=("学习类别", "培训类别"),
            help="空着时按名称判断",
            examples=("理论读书班", "工会干部培训"),
        ),
        Column(
            "日期",
            "on",
            date_(),
            required=True,
            synonyms=("学习日期", "培训日期", "开始日期", "时间"),
            examples=("2024-07-16", "2024-05-10"),
        ),
        Column("结束日期", "last_on", date_(), help="一天的空着", examples=("2024-07-18", "")),
        Column("地点", "place", text(100)),
        Column("学时", "hours", whole(0, 2_000), synonyms=("课时", "小时"), examples=(18, 8)),
        Column(
            "对象",
            "audience",
            choice(Audience, AUDIENCES),
            help="空着时按类别判断",
            synonyms=("参加对象", "培训对象"),
            examples=("党员干部", "小组长以上干部"),
        ),
        Column(
            "举办单位",
            "provider",
            loose_ref("unions.OutsideBody", "provider_name"),
            synonyms=("培训单位", "主办单位", "主讲单位"),
            help="别的单位举办的才填",
            examples=("厅直属机关党委", ""),
        ),
        ROLE,
        PAYER,
        Column("主题", "topic", choice(Topic), synonyms=("学习主题",), examples=("政治理论", "工会业务")),
        Column("主题词", "topics", text(200), synonyms=("学习要点", "主要内容"), examples=("", "工会法、经费管理")),
        Column("先进典型", "model_person", text(60), synonyms=("学习对象", "典型人物"), help="学习先进典型才填"),
        Column("应到人数", "invited", whole(0, 1_000_000), examples=(90, 30)),
        Column(
            "实到人数", "attended", whole(0, 1_000_000), synonyms=("参加人数", "人数", "参训人数"), examples=(82, 28)
        ),
        Column("通知文号", "notice_number", text(60), synonyms=("通知", "文号"), examples=("", "厅工〔2024〕5号")),
        Column("通知要求", "notice_parts", text(200), help="读书活动的通知写明了哪些：学习时间、内容、形式、成果交流"),
        Column("书目", "booklist", long_text(), synonyms=("推荐书目",)),
        Column("口号", "slogan", text(100), examples=("", "")),
        CAMPAIGN,
        GROUP,
        Column("成果", "result", text(200), synonyms=("学习成果", "心得篇数")),
    ),
)

EDUCATION = Sheet(
    name="继续教育",
    view="learning.people",
    led="learning.view",
    group_path="person__group",
    records=services.EDUCATION,
    synonyms=("财务人员继续教育", "继续教育台账"),
    rids=("R14", "R17", "R131", "R132"),
    help="会计、出纳、经审人员等的继续教育，一人一次一行，按证书填。",
    columns=(
        UID,
        Column("姓名", "person", ref("members.Person"), required=True, examples=("李秀英", "张伟")),
        Column(
            "完成日期",
            "on",
            date_(),
            required=True,
            synonyms=("日期", "培训日期", "时间"),
            examples=("2024-09-20", "2024-10-15"),
        ),
        Column("课程", "course", text(120), synonyms=("培训内容", "培训名称"), examples=("政府会计制度", "审计法规")),
        Column(
            "培训单位",
            "provider",
            loose_ref("unions.OutsideBody", "provider_name"),
            synonyms=("举办单位",),
            examples=("省财政厅", "省审计厅"),
        ),
        Column("学时", "hours", whole(0, 2_000), synonyms=("课时",), examples=(24, 16)),
        Column("证书编号", "certificate_no", text(60), synonyms=("证书号",)),
    ),
)

SHEETS = (SESSIONS, EDUCATION)
