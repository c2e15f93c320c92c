"""（四）服务会员: rows R74 to R99."""

from __future__ import annotations

from zhijia.reports.outline.shape import Forbidden, Part, Section, effect, said
from zhijia.reports.pattern import Verb

COUPONS = ("R-FUN-08",)

PART = Part(
    "service",
    "服务会员职工，多办好事实事",
    figures=11,
    sections=(
        Section(
            "协助解决职工住房和住房补贴",
            (
                (
                    said(
                        "service.housing",
                        "住房是职工安居乐业的头等大事。{@years}来，工会{verb}{benefits.housing_people;form=about;unit=名}干部职工的住房问题。",
                        claims=("claims.housing_about",),
                        verb=Verb(
                            "benefits.housing_people",
                            {
                                "lead": "解决了",
                                "joint": "会同行政解决了",
                                "assist": "配合行政解决了",
                                "take_part": "参与解决了",
                            },
                        ),
                        rids="R74 R76 R80",
                    ),
                    said(
                        "service.housing_exact",
                        "住房是职工安居乐业的头等大事。{@years}来，工会{verb}{benefits.housing_people;unit=名}干部职工的住房问题。",
                        unless=("service.housing",),
                        verb=Verb(
                            "benefits.housing_people",
                            {
                                "lead": "解决了",
                                "joint": "会同行政解决了",
                                "assist": "配合行政解决了",
                                "take_part": "参与解决了",
                            },
                        ),
                        rids="R76",
                    ),
                    said(
                        "service.subsidy",
                        "所有符合条件的同志都办理了住房补贴发放手续，共{benefits.subsidy_people;unit=名}[，发放补贴{benefits.subsidy_amount}]，没有漏掉任何人。",
                        claims=("claims.all_entitled_paid",),
                        rids="R75",
                    ),
                    said(
                        "service.subsidy_some",
                        "为{benefits.subsidy_people;unit=名}同志办理了住房补贴发放手续，占符合条件人数的{benefits.subsidy_rate}。",
                        unless=("service.subsidy",),
                        rids="R75",
                    ),
                    said(
                        "service.housing_part",
                        "在这项工作中，工会认真听取和吸纳职工意见，参与购房程序、方法的制定，组织购房和补贴名单的公示，做到程序公开、结果公开。",
                        needs=("voice.rules_shared", "notices.count"),
                        rids="R77 R78 R79 R80",
                    ),
                ),
            ),
        ),
        Section(
            "关心和落实职工福利",
            (
                (
                    effect(
                        "service.small_things",
                        "职工生活无小事。工会按照想得细、考虑周全的要求，在政策允许的范围内把每一件好事办好。",
                        rids="R81",
                    ),
                    said(
                        "service.budget",
                        "每年初，工会会同{@offices}提出年度经费预算，对职工福利作出安排。",
                        "每年初，工会提出年度经费预算，对职工福利作出安排。",
                        claims=("claims.yearly_budget",),
                        rids="R15 R82 R83",
                    ),
                    said(
                        "service.festivals",
                        "逢年过节慰问不断线，{@years}来发放节日慰问品{benefits.issues:kind=festival}，价值{benefits.value:kind=festival}"
                        "[；会员生日、结婚、生育、退休，工会也都送上祝福，共{benefits.issue_people:kind=birthday|marriage|childbirth|retirement}]。",
                        lean="逢年过节慰问不断线，会员生日、结婚、生育、退休，工会也都送上祝福，{@years}来发放节日慰问品的价值达"
                        "{benefits.value:kind=festival}。",
                        rids="R81 R83",
                    ),
                    said(
                        "service.coupons",
                        "工会还为会员购置洗衣券、家政券等，减轻了职工家务劳动的负担。",
                        needs=("benefits.issues:kind=laundry_coupon|housekeeping_coupon",),
                        forbidden=Forbidden(COUPONS, ("洗衣", "家政")),
                        rids="R84",
                    ),
                    said(
                        "service.welfare_effect",
                        "实实在在的小事办多了，会员的获得感也就强了，{@years}来各项福利累计惠及会员{benefits.issue_people}。",
                        lean="实实在在的小事办多了，会员的获得感也就强了。",
                        rids="R85",
                    ),
                ),
            ),
        ),
        Section(
            "组织开展送温暖活动",
            (
                (
                    said(
                        "service.warmth",
                        "每年春节前夕，工会主要领导都带队开展送温暖活动，走访援派干部、生病住院职工和困难职工家庭，了解他们的困难，听取他们对工会"
                        "工作的意见，{@years}共走访{care.warmth_visits:category=posted|ill|hardship}，送去慰问金和慰问品"
                        "{care.warmth_amount:category=posted|ill|hardship}。",
                        claims=("claims.yearly_warmth",),
                        rids="R86 R88 R89 R90 R91 R92",
                    ),
                    said(
                        "service.retired",
                        "会同老干部部门走访慰问离退休干部{care.visits:category=retired}。",
                        forbidden=Forbidden((), ("离退休", "退休干部")),
                        rids="R87",
                    ),
                ),
                (
                    said(
                        "service.deaths",
                        "每次职工及其亲属去世，工会都派员上门吊唁、送上慰问金[，{@years}共{care.must_visits:kind=member_death|relative_death}]。",
                        claims=("claims.every_death_visited",),
                        rids="R93",
                    ),
                    said(
                        "service.hospital",
                        "职工因病住院，工会都派员到医院探望、送上慰问品[，共{care.must_visits:kind=hospital}]。",
                        claims=("claims.every_hospital_visited",),
                        rids="R94",
                    ),
                    said(
                        "service.must_visits",
                        "“{@must}”事项共{care.must_visit_events}，应访必访，走访率为{care.visit_rate;form=full}，职工切身感受到工会大家庭的温暖。",
                        "“{@must}”事项共{care.must_visit_events}，走访率为{care.visit_rate}。",
                        rids="R95",
                    ),
                ),
            ),
        ),
        Section(
            "努力为职工排忧解难",
            (
                (
                    said(
                        "service.aid_line",
                        "工会每年在预算中安排一定经费用于职工困难补助[，{@years}累计安排{funds.aid_budget}]，同时积极争取上级工会的支持"
                        "[，申请获批{care.upward_granted}、{care.upward_aid_amount}]。",
                        claims=("claims.yearly_aid_line",),
                        rids="R96 R97",
                    ),
                    said(
                        "service.aid",
                        "{@years}来，已为{care.aid_people:cause=illness;unit=位}因病、{care.aid_people:cause=other;unit=位}因其他原因造成家庭"
                        "生活困难的职工发放困难补助金，共计{care.aid_amount}。",
                        "{@years}来，已为{care.aid_people;unit=位}家庭生活困难的职工发放困难补助金，共计{care.aid_amount}。",
                        rids="R98 R99",
                    ),
                    said(
                        "service.case",
                        "例如，一位因病致困的职工领到了工会{care.aid_amount:cause=illness,year=alone;form=in_year}困难补助，缓解了家里的燃眉之急。",
                        rids="R98",
                    ),
                    said(
                        "service.insurance",
                        "为织密保障网，工会组织职工参加互助保障，{@years}来先后有{care.insured_people}参保[，{care.insurance_claims}理赔共获"
                        "{care.insurance_paid}]。",
                        minor=True,
                        rids="R97",
                    ),
                ),
            ),
        ),
    ),
)
