"""Two rows of one person: found, merged with both histories, counted once, taken apart again."""

from datetime import date, timedelta

import pytest

from zhijia.accounts.models import User
from zhijia.activities.models import Participation
from zhijia.care.facts import FACTS as CARE
from zhijia.care.models import AidCase, Visit
from zhijia.core import batches, facts, person_keys
from zhijia.core.access import Access
from zhijia.core.erasing import GONE
from zhijia.core.models import AuditLine
from zhijia.core.outcomes import Refused
from zhijia.documents import attaching
from zhijia.members import asof, services, standing
from zhijia.members.merging import choosing, finding
from zhijia.members.merging import services as merging
from zhijia.members.merging.choosing import KEPT, OTHER
from zhijia.members.models import EarlierMembership, Pair, Person, Placement, Post
from zhijia.members.rules import Dates, Span
from zhijia.unions import services as unions


@pytest.fixture
def union(db, by, today):
    return unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk


@pytest.fixture
def person(union, by, today):
    def make(name="王伟", **row):
        told = {"sex": "male", "staff_no": "", "birth_on": date(1980, 1, 1), "department": "办公室"} | row
        pk = services.save_persons([{"name": name, **told}], union=union, by=by, today=today)[0]
        return Person.objects.get(pk=pk)

    return make


@pytest.fixture
def merged(union, by, today):
    def run(one, other, **choices):
        return merging.merge(one, other, choices=choices, union=union, by=by, today=today)

    return run


def couples(union, **more):
    return [(one.one.pk, one.other.pk) for one in finding.pairs(union, **more)]


# ---------------------------------------------------------------- pure


def test_what_is_known_stays_and_what_differs_is_asked():
    told = choosing.proposed(
        {"name": "王伟", "job": "", "education": "本科"}, {"name": "王伟", "job": "科员", "education": "专科"}
    )
    assert told == {"job": OTHER, "education": KEPT}


@pytest.mark.parametrize(
    ("kept", "other", "choice"),
    [
        (Dates(date(2018, 1, 1)), Dates(date(2010, 1, 1), None, date(2015, 1, 1)), KEPT),
        (Dates(date(2010, 1, 1), None, date(2015, 1, 1)), Dates(date(2018, 1, 1)), OTHER),
        (Dates(date(2010, 1, 1)), Dates(date(2012, 1, 1)), ""),
        (Dates(), Dates(date(2012, 1, 1)), OTHER),
    ],
)
def test_of_two_memberships_the_later_is_that_of_today(kept, other, choice):
    assert choosing.later_first(kept, other) == choice


def test_a_stretch_that_shares_a_day_is_not_put_beside_another():
    held = [Span(date(2010, 1, 1), date(2012, 1, 1))]
    assert choosing.apart(Span(date(2012, 1, 1), date(2013, 1, 1)), held)
    assert not choosing.apart(Span(date(2011, 12, 31), date(2013, 1, 1)), held)


# ---------------------------------------------------------------- found


def test_pairs_are_found_by_name_birth_and_place_and_come_a_page_at_a_time(union, person):
    one, two = person(staff_no="1"), person(staff_no="2")
    sound = person("王维", staff_no="3")
    far = person("王伟", staff_no="4", birth_on=date(1990, 1, 1))
    place = person("李芳", staff_no="5", birth_on=None), person("李芳", staff_no="6", birth_on=None)
    found = couples(union)
    assert (one.pk, two.pk) in found
    assert (one.pk, sound.pk) in found
    assert (place[0].pk, place[1].pk) in found
    assert not any(far.pk in pair for pair in found)
    erased = person(GONE, staff_no="7"), person(GONE, staff_no="8")  # nameless rows of one year are no pair
    assert not any(one.pk in pair for one in erased for pair in couples(union))
    first = couples(union, most=2)
    assert first + couples(union, after=first[-1]) == found == sorted(found)


def test_a_pair_that_was_judged_is_not_asked_about_again_until_it_is_taken_back(union, person, by, today):
    one, two = person(staff_no="1"), person(staff_no="2")
    pair = merging.dismiss(two, one, union=union, by=by, today=today)
    assert couples(union) == []
    assert AuditLine.objects.filter(union_id=union).latest("seq").verb == "members.pair.different"
    merging.take_back(pair, union=union, by=by)
    assert couples(union) == [(one.pk, two.pk)]


def test_a_verdict_that_became_a_merge_meanwhile_is_not_taken_back_unseen(union, person, merged, by, today):
    one, two = person(staff_no="1"), person(staff_no="2")
    pair = merging.dismiss(one, two, union=union, by=by, today=today)
    merged(one, two)
    with pytest.raises(Refused, match="刚被别人"):
        merging.take_back(pair, union=union, by=by)
    assert Person.objects.get(pk=two.pk).withdrawn_on == today
    merging.take_back(Pair.objects.get(), union=union, by=by)
    with pytest.raises(Refused, match="刚被别人"):
        merging.take_back(Pair(pk=0, union_id=union, verdict=Pair.Verdict.DIFFERENT), union=union, by=by)


# ---------------------------------------------------------------- merged


def test_everything_that_names_the_other_names_the_kept_one_and_undone_it_is_as_before(make_world, today):
    world = make_world("care")
    by, union = world.by, world.union
    visit = Visit.objects.filter(union=union, withdrawn_on=None).exclude(person=None).first()
    kept = Person.objects.get(pk=visit.person_id)
    other_pk = services.save_persons(
        [{"name": kept.name, "sex": kept.sex, "staff_no": "X1", "birth_on": kept.birth_on, "department": "新处室"}],
        union=union, by=by, today=today,
    )[0]  # fmt: skip
    other = Person.objects.get(pk=other_pk)
    Visit.objects.filter(pk=visit.pk).update(person=other)
    before = list(Person.objects.order_by("pk").values()), list(Visit.objects.order_by("pk").values())
    pair = merging.merge(kept, other, choices={"department": OTHER}, union=union, by=by, today=today)
    assert Visit.objects.get(pk=visit.pk).person_id == kept.pk
    assert Person.objects.get(pk=kept.pk).department == "新处室"
    gone = Person.objects.get(pk=other.pk)
    assert gone.withdrawn_on == today
    assert gone.withdrawn_reason.startswith("合并到" + kept.name)
    (line,) = person_keys.opened(AuditLine.objects.filter(union_id=union).order_by("-seq")[:1])
    assert (line.verb, line.batch_id) == ("members.person.merged", pair.batch)
    assert {line.told["kept"], line.told["merged"]} == {str(kept.uid), str(other.uid)}
    merging.take_back(Pair.objects.get(), union=union, by=by)
    assert (list(Person.objects.order_by("pk").values()), list(Visit.objects.order_by("pk").values())) == before
    assert not Pair.objects.exists()


def test_whoever_was_registered_twice_is_counted_once(union, person, merged, today):
    one = person(staff_no="1", admitted_on=date(2010, 1, 1))
    two = person(staff_no="2", admitted_on=date(2011, 1, 1))
    assert asof.counts(union, today).members == 2
    merged(one, two)
    assert asof.counts(union, today).members == 1


def test_a_fact_counts_whoever_was_registered_twice_once(make_world, scope_of, today):
    world = make_world("care")
    spec = next(one for one in CARE if one.key == "care.aid_people")

    def people():
        return facts.compute([spec], scope_of(world), cache=False)[spec.key].value

    before = people()
    case = AidCase.objects.filter(withdrawn_on=None, paid_on__gte=world.first).exclude(person=None).order_by("pk")[0]
    kept = Person.objects.get(pk=case.person_id)
    row = {"name": kept.name, "sex": kept.sex, "staff_no": "X1", "birth_on": kept.birth_on}
    pk = services.save_persons([row], union=world.union, by=world.by, today=today)[0]
    names = {one.attname for one in AidCase._meta.concrete_fields} - {"id", "uid"}
    AidCase.objects.create(**{name: getattr(case, name) for name in names} | {"person_id": pk, "amount_fen": 100})
    assert people() == before + 1
    other = Person.objects.get(pk=pk)
    merging.merge(kept, other, choices={}, union=world.union, by=world.by, today=today)
    assert people() == before


def test_memberships_that_follow_one_another_become_one_history(union, person, merged, today):
    old = person(staff_no="1", admitted_on=date(2010, 1, 1), left_on=date(2015, 1, 1), leaving="transferred")
    new = person(staff_no="2", department="计财处", admitted_on=date(2018, 1, 1))
    merged(old, new)
    row = Person.objects.get(pk=old.pk)
    assert (row.admitted_on, row.left_on, row.leaving) == (date(2018, 1, 1), None, "")
    before = EarlierMembership.objects.get(person=old)
    assert (before.admitted_on, before.left_on, before.leaving) == (date(2010, 1, 1), date(2015, 1, 1), "transferred")
    for day, members in ((date(2012, 1, 1), 1), (date(2016, 1, 1), 0), (today, 1)):
        assert asof.counts(union, day).members == members


def test_history_rows_that_would_stand_twice_are_withdrawn_and_not_lost(union, person, merged, by, today):
    one = person(staff_no="1", admitted_on=date(2010, 1, 1))
    two = person(staff_no="2", admitted_on=date(2010, 1, 1))
    for row, department in ((one, "人事处"), (two, "城建处")):
        seat = standing.Seat(None, department, "")
        standing.move(row, on=date(2020, 1, 1), to=seat, by=by, today=today)
    merged(one, two)
    assert Placement.objects.filter(person=one, withdrawn_on=None).count() == 1
    assert Placement.objects.get(person=two).withdrawn_reason.startswith("合并到")
    assert asof.counts(union, date(2015, 1, 1)).members == 1


def test_a_login_and_posts_go_to_the_kept_one(union, person, merged, by, today):
    one, two = person(staff_no="1"), person(staff_no="2", admitted_on=date(2010, 1, 1))
    user = User.objects.create(username="wangwei")
    Person.objects.filter(pk=two.pk).update(user=user)
    post = {"person": two.pk, "office": "committee", "group": None, "first": date(2020, 1, 1)}
    services.save_posts([post], union=union, by=by, today=today)
    two.refresh_from_db()
    pair = merged(one, two)
    assert services.standing(user.pk, today).person == one.pk
    assert Post.objects.get().person_id == one.pk
    batches.undo(pair.batch, union=union, by=by)
    assert services.standing(user.pk, today).person == two.pk


def test_records_that_say_the_same_are_kept_once(make_world, today):
    world = make_world("activities")
    row = Participation.objects.exclude(person=None).first()
    kept = Person.objects.get(pk=row.person_id)
    pk = services.save_persons(
        [{"name": kept.name, "sex": kept.sex, "staff_no": "X1", "birth_on": kept.birth_on}],
        union=world.union, by=world.by, today=today,
    )[0]  # fmt: skip
    count = Participation.objects.filter(person=kept, withdrawn_on=None).count()
    names = {one.attname for one in Participation._meta.concrete_fields} - {"id", "uid"}
    twin = Participation.objects.create(**{name: getattr(row, name) for name in names} | {"person_id": pk})
    other = Person.objects.get(pk=pk)
    merging.merge(kept, other, choices={}, union=world.union, by=world.by, today=today)
    assert Participation.objects.filter(person=kept, withdrawn_on=None).count() == count
    assert Participation.objects.get(pk=twin.pk).withdrawn_reason.startswith("合并到")


def test_a_merge_is_refused_where_one_was_written_since_it_was_seen(union, person, by, today):
    one, two = person(staff_no="1"), person(staff_no="2", admitted_on=date(2010, 1, 1))
    known = one.version, two.version
    standing.change("retain", two, on=today - timedelta(days=1), by=by, today=today)
    with pytest.raises(Refused, match="刚被别人改过"):
        merging.merge(one, two, choices={}, versions=known, union=union, by=by, today=today)
    with pytest.raises(Refused, match="已经撤回或合并"):
        merging.merge(one, one, choices={}, union=union, by=by, today=today)


def test_taking_a_merge_back_is_refused_where_a_row_was_changed_since(union, person, merged, by, today):
    one, two = person(staff_no="1"), person(staff_no="2", admitted_on=date(2010, 1, 1))
    pair = merged(one, two)
    standing.change("retain", Person.objects.get(pk=one.pk), on=today, by=by, today=today)
    with pytest.raises(Refused, match="又被修改过"):
        merging.take_back(pair, union=union, by=by)
    assert Person.objects.get(pk=two.pk).withdrawn_on == today


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_merge_beside_an_edit_loses_neither(person, union, today):
    from threading import Barrier, Thread

    from django.db import connection

    by = Access(union=union, on=today)
    for number in range(5):
        one, two = person(staff_no=f"a{number}"), person(staff_no=f"b{number}", admitted_on=date(2010, 1, 1))
        versions, ready, told = (one.version, two.version), Barrier(2), {}

        def go(name, deed, ready=ready, told=told):
            try:
                ready.wait()
                deed()
                told[name] = "done"
            except Refused as refused:
                told[name] = refused.violations[0].code
            except Person.DoesNotExist:
                told[name] = "gone"
            finally:
                connection.close()

        deeds = {
            "merge": lambda one=one, two=two, versions=versions: merging.merge(
                one, two, choices={}, versions=versions, union=union, by=by, today=today
            ),
            "edit": lambda two=two: standing.change("retain", two, on=today, by=by, today=today),
        }
        threads = [Thread(target=go, args=deed) for deed in deeds.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(told.values(), key=str) in (["done", "gone"], ["done", "stale"])
        if told["edit"] == "done":
            assert Person.objects.get(pk=two.pk).retained_on == today
            assert Person.objects.get(pk=two.pk).withdrawn_on is None


@pytest.fixture
def _files_apart(settings, tmp_path):
    settings.ZHIJIA_HOME = str(tmp_path)


@pytest.mark.usefixtures("_files_apart")
def test_the_files_of_the_merged_are_found_on_the_kept_and_go_back(person, merged, union, by, today):
    one, other = person(), person(name="王玮")
    for who, name in ((one, "甲.pdf"), (other, "乙.pdf"), (other, "丙.pdf")):
        attaching.add(who, [attaching.Upload(name, "application/pdf", name.encode())], by=by)
    removed = attaching.of_record(other).get(name="丙.pdf")
    attaching.remove(other, removed, by=by, today=today)
    pair = merged(one, other)
    assert [file.name for file in attaching.of_record(one)] == ["甲.pdf", "乙.pdf"]
    assert not attaching.of_record(other).exists()
    merging.take_back(pair, union=union, by=by)
    assert [file.name for file in attaching.of_record(one)] == ["甲.pdf"]
    assert [file.name for file in attaching.of_record(other)] == ["乙.pdf"]
