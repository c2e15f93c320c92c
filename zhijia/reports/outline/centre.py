"""（一）围绕大局: rows R19 to R48 and R140."""

from __future__ import annotations

from zhijia.reports.outline.shape import Part, Section, effect, said

PART = Part(
    "centre",
    "围绕大局，发挥作用，为{@field}发展作出新贡献",
    figures=6,
    sections=(
        Section(
            "",
            (
                (
                    said(
                        "centre.key_tasks",
                        "{@union}找准工作的切入点，把工会工作融入全局工作之中。{@years}来，工会为全{@organ}的{plans.linked_tasks}重点工作列出了"
                        "配合事项，发动和组织职工为全面完成年度目标任务而努力。",
                        rids="R09 R19 R20",
                    ),
                ),
            ),
        ),
        Section(
            "倡导主人翁精神，发挥鼓劲和凝聚作用",
            strands=True,
            lead=effect(
                "centre.masters",
                "{@field}的发展，离不开每一名干部职工的努力。工会充分尊重职工的主人翁地位，在依靠、维护和实践中把主人翁精神落到实处。",
                rids="R21",
            ),
            paragraphs=(
                (
                    effect(
                        "centre.rely",
                        "在依靠中调动好职工的主人翁精神。贯彻党的全心全意依靠工人阶级方针，是工会工作的主线。",
                        rids="R22 R23",
                    ),
                    said(
                        "centre.policy_study",
                        "工会组织政策理论学习{learning.sessions:kind=policy_study}，参加职工{learning.people_times:kind=policy_study}，"
                        "在政治上保证职工的主人翁地位，调动大家的主动性和创造性。",
                        "工会组织政策理论学习{learning.sessions:kind=policy_study}，调动大家的主动性和创造性。",
                        lean="工会坚持组织政策理论学习，在政治上保证职工的主人翁地位，调动大家的主动性和创造性。",
                        rids="R22 R23",
                    ),
                ),
                (
                    effect(
                        "centre.protect",
                        "在维护中保护好职工的主人翁精神。维护职工合法权益，是工会一切工作的出发点。",
                        rids="R24 R26",
                    ),
                    said(
                        "centre.channels",
                        "任期内先后建立和拓宽民主管理、民主监督渠道{voice.channels}，参与制定涉及职工利益的制度{voice.rules_shared}，"
                        "努力把职工的利益实现好、维护好、发展好，把职工的积极性引导好、保护好、发挥好。",
                        "任期内先后建立和拓宽民主管理、民主监督渠道{voice.channels}，努力把职工的利益实现好、维护好、发展好。",
                        lean="工会拓宽民主管理、民主监督渠道，参与制定涉及职工利益的制度，努力把职工的利益实现好、维护好、发展好，"
                        "把职工的积极性引导好、保护好、发挥好。",
                        rids="R25 R26",
                    ),
                ),
                (
                    effect(
                        "centre.practice",
                        "在实践中发挥好职工的主人翁精神。工会推动政务公开，广开言路，群策群力。",
                        rids="R27 R28",
                    ),
                    said(
                        "centre.openness",
                        "协助公开职工关心的事项{voice.openness}，增强了机关工作的透明度。",
                        lean="协助公开职工关心的事项，增强了机关工作的透明度。",
                        rids="R27",
                    ),
                    said(
                        "centre.suggestions",
                        "收到职工意见建议{voice.suggestions}，已采纳{voice.adopted}[，答复率为{voice.answered_rate}]，不少建议变成了改进管理、"
                        "提高效能的具体措施。",
                        lean="收到职工意见建议{voice.suggestions}，不少建议变成了改进管理、提高效能的具体措施。",
                        rids="R28 R29",
                    ),
                    effect(
                        "centre.main_force",
                        "广大干部职工以机关为家，立足本职岗位，从我做起，主动、积极、负责、奉献，在促进机关建设和{@field}发展中发挥了主力军作用。",
                        rids="R140",
                    ),
                    said(
                        "centre.honours",
                        "一批优秀共产党员和先进工作者脱颖而出，任期内职工个人获得各类荣誉{honours.count:subject=person}，集体获得荣誉"
                        "{honours.count:subject=union|unit|group}。",
                        "任期内职工和集体获得各类荣誉{honours.count}。",
                        lean="一批优秀共产党员和先进工作者脱颖而出，任期内职工和集体获得各类荣誉{honours.count}。",
                        rids="R30 R140",
                    ),
                ),
            ),
        ),
        Section(
            "广泛联系职工，发挥桥梁和纽带作用",
            (
                (
                    effect(
                        "centre.bridge",
                        "工会始终在政治上同党中央保持一致，按照{@branch}的工作部署，把党的路线方针政策传导给每一名会员，在实现党的任务中实现工会的任务。",
                        "工会始终在政治上同党中央保持一致，把党的路线方针政策传导给每一名会员。",
                        rids="R05 R31 R32",
                    ),
                    said(
                        "centre.contacts",
                        "工会干部经常到处室、到小组，同职工面对面交流{voice.contacts}，把听到的呼声带回来，把研究的结果送回去。",
                        lean="工会干部经常到处室、到小组同职工面对面交流，把听到的呼声带回来，把研究的结果送回去。",
                        rids="R31",
                    ),
                    said(
                        "centre.activities",
                        "{@years}来共开展各类活动{activities.count}，参加职工{activities.people_times}，党组织同群众的联系更加紧密，"
                        "职工也更加紧密地团结在党组织周围。",
                        lean="{@years}来共开展各类活动{activities.count}，党组织同群众的联系更加紧密，职工也更加紧密地团结在党组织周围。",
                        rids="R10 R33",
                    ),
                    said(
                        "centre.online",
                        "网上“职工之家”栏目的开设，让不在办公室的同志也能看得到、说得上话。",
                        needs=("voice.channels:kind=online",),
                        rids="R34",
                    ),
                ),
                (
                    said(
                        "centre.donations",
                        "职工的爱心汇成了实实在在的帮助。根据上级要求，工会组织扶贫、救灾等捐款捐物{activities.donation_campaigns}，"
                        "{activities.donation_people}共捐款{activities.donation_amount}[、捐物{activities.donation_goods}]。",
                        lean="职工的爱心汇成了实实在在的帮助。根据上级要求，工会组织扶贫、救灾等捐款捐物活动，"
                        "{activities.donation_people}共捐款{activities.donation_amount}。",
                        rids="R35 R37",
                    ),
                    said(
                        "centre.blood",
                        "另有{activities.blood_people}参加了义务献血，献血量为{activities.blood_volume}，为促进社会和谐尽了一份力。",
                        lean="职工还踊跃参加义务献血，为促进社会和谐尽了一份力。",
                        rids="R36 R37",
                    ),
                ),
            ),
        ),
        Section(
            "开展思想政治教育，发挥示范引路作用",
            (
                (
                    said(
                        "centre.campaigns",
                        "在{plans.campaigns;form=names}等主题活动中，工会和各工会小组配合党组织加强职工思想教育，倡导爱岗敬业、无私奉献的"
                        "职业精神，帮助职工树立正确的世界观、人生观、价值观。",
                        "工会和各工会小组配合党组织加强职工思想教育，任期内开展教育活动{activities.count:kind=education}，倡导爱岗敬业、"
                        "无私奉献的职业精神。",
                        rids="R38 R39 R40 R41 R42 R43",
                    ),
                    said(
                        "centre.models",
                        "组织学习{learning.models_studied;form=names;unit=3}先进事迹[，举办先进事迹报告会{activities.count:kind=lecture}]，"
                        "让身边的榜样看得见、学得到。",
                        rids="R44 R45 R48",
                    ),
                    said(
                        "centre.slogan",
                        "围绕“岗位学先进、争创新业绩”，工会引导会员从本职岗位做起，作出岗位承诺{activities.commitments}"
                        "[，评出典型事迹和岗位建功{activities.model_deeds}]。",
                        "围绕“岗位学先进、争创新业绩”，会员中涌现典型事迹和岗位建功{activities.model_deeds}。",
                        lean="围绕“岗位学先进、争创新业绩”，工会引导每位会员从本职岗位做起，脚踏实地学先进、争佳绩。",
                        rids="R46 R47 R48",
                    ),
                    effect(
                        "centre.effect",
                        "通过先进示范和典型引路，在会员中形成了崇尚先进、学习先进、争当先进和想干事、要干事、能干事、干成事的氛围，"
                        "为完成各项工作任务打下了思想基础。",
                        rids="R48",
                    ),
                ),
            ),
        ),
    ),
)
