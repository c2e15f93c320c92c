"""The demo's money has the size and the plants that the sample asks for."""

from zhijia.core import facts
from zhijia.funds.facts import FACTS
from zhijia.funds.models import Entry


def test_try(make_world, scope_of):
    world = make_world("funds", members=260)
    values = facts.compute(FACTS, scope_of(world), cache=False)
    for key, value in values.items():
        print(key, value.value, dict(value.by.get("year", {})))
    print(values["funds.expense"].by["account"], values["funds.expense"].by["detail"])
    print(values["funds.income"].by["account"], Entry.objects.count())
    from zhijia.funds.checks import CHECKS
    from zhijia.core import checks, claims
    from zhijia.funds.facts import CLAIMS

    for finding in checks.run(CHECKS, scope_of(world)):
        print(finding)
    for claim in claims.judge(CLAIMS, scope_of(world), values):
        print(claim)
    assert 0
