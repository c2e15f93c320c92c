"""The whole catalogue: enough facts, few queries, fixed keys, and a demo that tells what it should."""

import pytest

from zhijia.core import facts
from zhijia.core.feature_types import FactSpec
from zhijia.features import FEATURES

SPECS = [spec for feature in FEATURES for spec in feature.facts]
CLAIMS = [claim for feature in FEATURES for claim in feature.claims]
FIXED = """
terms.number terms.years members.active members.women members.admitted members.admitted_rate members.retained
groups.count groups.with_leader care.visits care.must_visits care.must_visit_events care.visit_rate
care.warmth_visits care.aid_people care.aid_amount care.upward_aid_amount benefits.housing_people
benefits.subsidy_people benefits.subsidy_rate benefits.issues benefits.value benefits.checkup_people
benefits.women_checkup_people benefits.leave_rate activities.count activities.people_times activities.turnout
activities.hobby_groups activities.hobby_women_share activities.hobby_money activities.placings
activities.women_day activities.donation_amount activities.donation_goods activities.donation_people
activities.blood_people activities.blood_volume learning.sessions learning.people_times
learning.reading_campaigns learning.cadre_trainings learning.finance_education_people voice.suggestions
voice.adopted voice.answered_rate voice.rights_matters voice.escalations voice.consultations voice.openness
notices.count notices.objections plans.items plans.done_rate plans.meetings honours.count funds.income
funds.expense funds.balance
""".split()  # noqa: SIM905 - the list as the order gives it
YEARLY = """
claims.yearly_book_coupons claims.yearly_theory_class claims.yearly_checkup claims.yearly_women_checkup
claims.yearly_women_day claims.yearly_budget claims.yearly_warmth claims.yearly_aid_line
claims.yearly_gathering claims.newcomers_admitted claims.yearly_plan claims.yearly_summary
claims.yearly_cadre_training
""".split()  # noqa: SIM905 - the thirteen 每年 of the sample
SHEETS = """
工会 外部单位 届次 工会小组 会员 新进人员 任职 代表 重点工作 主题活动 收文学习 计划 会议 应访事项 走访慰问
困难补助 互助保障 福利发放 应享受名单 体检休假 住房 活动 参加活动 疗休养 文体小组 比赛荣誉 典型建功 公益捐助
学习培训 意见建议 制度参与 联系职工 权益事项 公示 公开事项 评价 下届任务 预算 期初余额 会费拨缴 凭证 经审记录
""".split()  # noqa: SIM905 - the list as the order gives it


def test_every_sheet_that_the_order_names_is_there_once():
    names = [sheet.name for feature in FEATURES for sheet in feature.sheets]
    assert len(names) == len(set(names))
    assert set(SHEETS) <= set(names)


def test_the_fixed_keys_and_more_than_120_facts_are_there():
    keys = [spec.key for spec in SPECS]
    assert len(keys) == len(set(keys)) >= 120
    assert set(FIXED) <= set(keys)


def test_the_thirteen_yearly_claims_of_the_sample_are_there():
    assert set(YEARLY) <= {claim.key for claim in CLAIMS}


def test_each_name_of_an_evidence_set_means_one_set():
    named = {}
    for spec in SPECS:
        if isinstance(spec, FactSpec):
            assert named.setdefault(spec.rows.name, spec.rows) is spec.rows


def test_the_catalogue_costs_at_most_sixty_queries(make_world, scope_of, django_assert_max_num_queries):
    scope = scope_of(make_world("elections", members=60))
    with django_assert_max_num_queries(60):
        facts.compute(SPECS, scope, cache=False)


@pytest.mark.parametrize(
    ("key", "where", "value"),
    [
        ("terms.number", None, 5),
        ("terms.years", None, 6),
        ("care.aid_people", ("cause", "illness"), 8),
        ("care.aid_people", ("cause", "other"), 4),
        ("benefits.housing_people", None, 64),
        ("activities.hobby_groups", None, 8),
    ],
)
def test_the_demo_has_the_figures_of_the_sample_report(make_world, scope_of, key, where, value):
    scope = scope_of(make_world("elections", members=260))
    (fact,) = facts.compute([spec for spec in SPECS if spec.key == key], scope, cache=False).values()
    assert (fact.at(*where) if where else fact.value) == value
