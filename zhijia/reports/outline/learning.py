"""（二）学习型机关: rows R49 to R57."""

from __future__ import annotations

from zhijia.reports.outline.shape import Forbidden, Part, Section, effect, said

COUPONS = ("R-FUN-08",)

PART = Part(
    "learning",
    "创建学习型机关，全面提高职工素质",
    figures=3,
    sections=(
        Section(
            "",
            (
                (
                    effect(
                        "learning.why",
                        "建设学习型机关，既是机关工作人员提高自身素质的内在需要，也是加强机关效能建设的迫切要求。",
                        rids="R49",
                    ),
                    said(
                        "learning.reading",
                        "工会响应上级“创建学习型组织，争做知识型职工”的部署，坚持在会员中开展“读好书、强素质、增才干、促效能”活动，"
                        "{@years}举办读书活动{learning.reading_campaigns}，参加{learning.reading_people}。",
                        rids="R49 R50 R51",
                    ),
                    said(
                        "learning.notice",
                        "每次活动都专门发出通知，对学习时间、内容、形式、成果交流提出要求[，先后组织成果交流{learning.exchanges}]，读与不读、"
                        "读深读浅，交流会上见分晓。",
                        needs=("learning.exchanges", "learning.reading_campaigns"),
                        rids="R52 R53",
                    ),
                    said(
                        "learning.book_coupons",
                        "为鼓励会员多读书，工会每年为会员提供书票，为读书学习创造了条件。",
                        needs=("benefits.issues:kind=book_coupon",),
                        claims=("claims.yearly_book_coupons",),
                        forbidden=Forbidden(COUPONS, ("书票", "购书券", "图书券")),
                        rids="R54",
                    ),
                ),
                (
                    said(
                        "learning.theory",
                        "理论学习重在经常。工会配合{@party}办好一年一度的理论读书班，{@years}共举办{learning.theory_classes}"
                        "[，参加学习{learning.people_times:kind=theory_class}]，为职工理论充电、思考工作创造了机会。",
                        "理论学习重在经常。工会配合党组织办好一年一度的理论读书班，{@years}共举办{learning.theory_classes}，为职工理论充电、"
                        "思考工作创造了机会。",
                        claims=("claims.yearly_theory_class",),
                        rids="R55 R56",
                    ),
                    said(
                        "learning.sessions",
                        "把读书、讲座和业务培训合在一起算，任期内组织学习培训{learning.sessions}、{learning.people_times}。",
                        minor=True,
                        rids="R57",
                    ),
                    effect(
                        "learning.effect",
                        "读书学习浓厚了机关学习氛围，不少会员养成了良好的学习习惯，综合素质和业务能力有了新的提高。",
                        rids="R57",
                    ),
                ),
            ),
        ),
    ),
)
