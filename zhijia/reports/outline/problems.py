"""存在的问题: kinds of candidates, each with its own measured sentence and the task that answers it.

What the records hold is never pasted: a kind knows when it applies, what it says and how the next term answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhijia.reports.outline.shape import Sentence, effect, said
from zhijia.reports.prose import Text

MOST, LEAST = 4, 3


@dataclass(frozen=True, slots=True)
class Problem:
    """A candidate. It applies where a rate lies under `below` percent, a claim is refuted, a rule has findings by
    today's law, or a record of `grades` bears one of the words.

    `fallback` ones apply wherever their sentence can be told, and only to reach three.
    """

    key: str
    sentence: Sentence
    answer: Sentence
    theme: str
    below: tuple[str, int] | None = None
    refuted: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    grades: tuple[str, tuple[str, ...]] | None = None
    fallback: bool = False

    @property
    def title(self) -> str:
        """What the problem is, in the words that open its sentence."""
        first = self.sentence.patterns[0][0]
        return first.text.partition("。")[0] if isinstance(first, Text) else self.key


LEAD = effect(
    "problems.lead",
    "在肯定成绩的同时，我们也清醒地看到，工会工作同形势要求和会员期待相比还有差距，主要表现在：",
    rids="R137",
)

PROBLEMS = (
    Problem(
        "plans",
        said(
            "problems.plans",
            "计划执行还不够到位。任期内列入年度计划的事项办结率为{plans.done_rate}，有的工作部署早、落实慢，跟踪督促不够有力。",
            rids="R123 R137",
        ),
        said(
            "tasks.plans",
            "针对计划执行不够到位的问题，建立事项清单和到期提醒，逐项明确责任人和完成时限，按季度通报进展。",
            rids="R138",
        ),
        "building",
        below=("plans.done_rate", 100),
    ),
    Problem(
        "sports_meet",
        said(
            "problems.sports_meet",
            "有的年度活动没有做到年年坚持。运动会、健步走等健身活动任期内只办了{activities.count:kind=sports_meet}，群众性活动的覆盖面和经常性还不够。",
            rids="R100 R137",
        ),
        said(
            "tasks.sports_meet",
            "针对有的活动没有年年坚持的问题，把健身活动纳入年度计划和预算，每年至少安排一次。",
            rids="R138",
        ),
        "culture",
        refuted=("claims.yearly_sports_meet",),
    ),
    Problem(
        "rules",
        said(
            "problems.rules",
            "按现行规定衡量，过去有的福利和活动做法不够规范。有的福利发放形式、有的外出活动安排不符合经费管理规定，"
            "需要全面清理、举一反三。",
            rids="R54 R84 R112 R137",
        ),
        said(
            "tasks.rules",
            "针对做法不够规范的问题，对照现行经费管理规定全面清理，修订福利发放和活动组织办法，事前先查标准、再报审批。",
            rids="R138",
        ),
        "service",
        rules=("R-FUN-07", "R-FUN-08", "R-FUN-04"),
    ),
    Problem(
        "review",
        said(
            "problems.review",
            "经费管理还有薄弱环节。经费审查提出意见{funds.review_findings}，整改率为{funds.review_mended}，有的意见还在整改当中。",
            rids="R136 R137",
        ),
        said("tasks.review", "针对经费管理的薄弱环节，对经审意见建立台账、限期销号，整改结果向会员公开。", rids="R138"),
        "funds",
        below=("funds.review_mended", 100),
    ),
    Problem(
        "rating",
        said(
            "problems.rating",
            "会员对工会工作的期待还没有完全满足。从任期内{voice.evaluations}评价情况看，有的年度评价等次不高，服务的针对性有待增强。",
            rids="R11 R137",
        ),
        said(
            "tasks.rating",
            "针对服务针对性不强的问题，每年开展一次需求调查，把会员评价结果同次年计划挂钩。",
            rids="R138",
        ),
        "service",
        grades=("voice.rating", ("一般", "较差", "基本", "不满意", "不合格")),
    ),
    Problem(
        "suggestions",
        said(
            "problems.suggestions",
            "意见建议的办理还要再快一些。职工意见建议的答复率为{voice.answered_rate}，有的答复不够及时，沟通不够充分。",
            rids="R28 R137",
        ),
        said("tasks.suggestions", "针对意见建议办理不够及时的问题，明确答复时限，做到件件有回音。", rids="R138"),
        "rights",
        below=("voice.answered_rate", 100),
    ),
    Problem(
        "term",
        said(
            "problems.term",
            "换届工作没有严格按期进行。本届委员会任期达{@years}，超过了法律规定的年限，组织制度执行得不够严格。",
            rids="R03 R137",
        ),
        said("tasks.term", "针对换届没有按期进行的问题，任期届满前半年启动换届筹备，确保按期换届。", rids="R138"),
        "building",
        rules=("R-ORG-03", "R-ORG-04"),
    ),
    Problem(
        "leave",
        said(
            "problems.leave",
            "休假制度落实还不到位。任期内职工年休假的休假率为{benefits.leave_rate}，还有职工没有休满。",
            rids="R67 R137",
        ),
        said("tasks.leave", "针对休假没有休满的问题，推动各处室提前编排休假计划，把应休尽休落到实处。", rids="R138"),
        "rights",
        below=("benefits.leave_rate", 100),
    ),
    Problem(
        "women_share",
        said(
            "problems.turnout",
            "活动的吸引力和覆盖面还有提升空间。集体活动的参与率为{activities.turnout}，适合青年职工特点的项目不多。",
            rids="R115 R137",
        ),
        said(
            "tasks.turnout", "针对活动覆盖面不够广的问题，多办小型、就近、分散的活动，把选题交给职工点单。", rids="R138"
        ),
        "culture",
        below=("activities.turnout", 90),
    ),
    Problem(
        "learning",
        said(
            "problems.learning",
            "工会干部的能力还不能完全适应新形势新任务。{posts.officers}工会干部大多为兼职，系统学习偏少，运用新方法联系和服务职工的本领需要增强。",
            rids="R134 R137",
        ),
        said(
            "tasks.learning",
            "针对干部能力不够适应的问题，坚持每年集中培训，把法律法规和经费管理作为必修内容。",
            rids="R138",
        ),
        "building",
        fallback=True,
    ),
    Problem(
        "newcomers",
        said(
            "problems.voice",
            "联系职工的方式还比较传统。面对面走访多，运用网络及时回应职工关切还不够，{groups.count}工会小组的活跃程度也不平衡。",
            rids="R31 R137",
        ),
        said(
            "tasks.voice",
            "针对联系方式比较传统的问题，用好网上“职工之家”，让职工足不出户就能反映诉求、办理事项。",
            rids="R138",
        ),
        "centre",
        fallback=True,
    ),
    Problem(
        "variety",
        said(
            "problems.variety",
            "服务项目还不够丰富。对青年职工、女职工的不同需求研究不够，全会{members.women}女会员的专项服务有待充实。",
            rids="R68 R137",
        ),
        said(
            "tasks.variety",
            "针对服务项目不够丰富的问题，分类了解青年职工、女职工的需求，逐年增加服务项目。",
            rids="R138",
        ),
        "service",
        fallback=True,
    ),
)
