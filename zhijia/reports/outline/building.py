"""（六）自身建设: rows R117 to R135."""

from __future__ import annotations

from zhijia.reports.outline.shape import Part, Section, effect, said

PART = Part(
    "building",
    "加强自身建设，提高工作水平",
    figures=5,
    sections=(
        Section(
            "加强组织建设，夯实工作基础",
            strands=True,
            inline=True,
            lead=effect(
                "building.organisation",
                "本届工会在组织建设上主要做了{@strands}工作。",
                "本届工会始终把组织建设作为打基础的工作来抓。",
                rids="R117 R118",
            ),
            paragraphs=(
                (
                    said(
                        "building.leaders",
                        "配齐选好工会组长。{groups.count}工会小组全部有了组长，一批素质好、热心工会工作的同志担起了这副担子，形成了有人办事的"
                        "良好局面。",
                        claims=("claims.leaders_complete",),
                        rids="R13 R119",
                    ),
                    said(
                        "building.leaders_some",
                        "多数工会小组有了组长，小组长在职率为{groups.with_leader}，其余小组正在推选。",
                        needs=("posts.leaders",),
                        unless=("building.leaders",),
                        rids="R119",
                    ),
                ),
                (
                    said(
                        "building.newcomers",
                        "及时发展新会员。每有新同志到岗，工会主动介绍情况、办理手续，{@years}来新进机关的{members.newcomers}全部及时入会，共发展新会员{members.admitted}，"
                        "会员队伍保持了活力。",
                        claims=("claims.newcomers_admitted",),
                        lean="及时发展新会员。每有新同志到岗，工会主动介绍情况、办理手续，{@years}来新进机关的{members.newcomers}全部及时入会，会员队伍保持了活力。",
                        rids="R120",
                    ),
                    said(
                        "building.admitted",
                        "积极发展新会员，{@years}来共发展新会员{members.admitted}[，新进人员及时入会率为{members.admitted_rate}]。",
                        unless=("building.newcomers",),
                        rids="R120",
                    ),
                ),
                (
                    said(
                        "building.plan",
                        "坚持工作有计划。每年年初，工会委员和小组长集体研究年度工作思路、提出年度计划，{@years}共列出工作事项{plans.items}"
                        "[，办结率为{plans.done_rate}]，年初有部署，平时抓落实。",
                        claims=("claims.yearly_plan",),
                        rids="R121 R122 R123 R125",
                    ),
                    said(
                        "building.summary",
                        "每年年终都对全年工作进行总结，肯定成绩，发现问题，提出努力方向[，已形成年度总结{plans.summaries}]。",
                        claims=("claims.yearly_summary",),
                        rids="R124 R125",
                    ),
                    said(
                        "building.meetings",
                        "重要事项坚持集体讨论决定，任期内召开委员会会议{plans.meetings:kind=committee}。",
                        lean="重要事项坚持集体讨论决定。",
                        rids="R122",
                    ),
                ),
            ),
        ),
        Section(
            "抓好干部学习，提高履职能力",
            (
                (
                    said(
                        "building.officers",
                        "目前，担任工会委员、经审委员、小组长等职务的共有{posts.officers}，绝大多数同志长期从事工会工作，对工会事业怀有深厚感情。"
                        "面对新形势、新任务，工会把学习作为干部履职的基本功。",
                        lean="工会干部绝大多数长期从事工会工作，对工会事业怀有深厚感情。面对新形势、新任务，工会把学习作为干部履职的基本功。",
                        rids="R134",
                    ),
                    said(
                        "building.training",
                        "每年组织小组长以上工会干部集中学习，{@years}举办培训{learning.cadre_trainings}[、累计{learning.cadre_hours}]，"
                        "重点学习党的创新理论、上级工会文件精神和工会法律法规。",
                        claims=("claims.yearly_cadre_training",),
                        rids="R127 R128 R129 R130",
                    ),
                    said(
                        "building.papers",
                        "上级来文及时组织传达，任期内收文{papers.incoming}，学习传达率为{papers.studied}。",
                        lean="上级来文及时组织传达学习。",
                        rids="R32 R50 R129",
                    ),
                    said(
                        "building.finance_people",
                        "结合财务人员继续教育要求，会计和经审人员先后有{learning.finance_education_people}参加了{@providers}举办的业务培训和"
                        "财经法规学习，做好经费管理和审查工作的责任感进一步增强。",
                        "会计和经审人员先后有{learning.finance_education_people}参加了业务培训和财经法规学习，做好经费管理和审查"
                        "工作的责任感进一步增强。",
                        rids="R14 R17 R131 R132 R133",
                    ),
                    effect(
                        "building.effect",
                        "通过学习和实践，工会干部开阔了视野，更新了知识，服务职工的本领有了新的提高。",
                        rids="R126 R135",
                    ),
                ),
            ),
        ),
    ),
)
