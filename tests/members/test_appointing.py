"""Somebody must always be there who may register posts, whichever way posts are written."""

from datetime import date, timedelta

import pytest

from zhijia.accounts.services import make_login
from zhijia.core import batches, withdrawal
from zhijia.core.access import Access
from zhijia.core.outcomes import Refused
from zhijia.core.sheets import importing
from zhijia.members import posts, services, standing
from zhijia.members.models import Person, Post
from zhijia.members.posts import Terms
from zhijia.members.sheets import SHEETS
from zhijia.members.standing import Words
from zhijia.unions import services as unions

START = date(2020, 12, 10)


@pytest.fixture
def union(db, by, today):
    return unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk


@pytest.fixture
def chief(union, today):
    return Access(union=union, on=today, name="测试", permissions=frozenset({posts.APPOINT}))


@pytest.fixture
def person(union, by, today):
    def make(name):
        entry = {"name": name, "sex": "female", "staff_no": name, "admitted_on": date(2015, 1, 1)}
        return Person.objects.get(pk=services.save_persons([entry], union=union, by=by, today=today)[0])

    return make


@pytest.fixture
def save(union, by, today):
    def write(*rows, origin="lived"):
        given = [{"group": None, "first": START, "end": None, **row} for row in rows]
        return list(services.save_posts(given, union=union, by=by, today=today, origin=origin))

    return write


@pytest.fixture
def able(person):
    """Somebody with a login."""

    def make(name):
        holder = person(name)
        services.link_login(holder.pk, make_login(name, "ein-langes-Wort-7").pk)
        return holder

    return make


@pytest.fixture
def chair(able, save):
    holder = able("张主席")
    return Post.objects.get(pk=save({"person": holder.pk, "office": "chair"})[0])


def codes(refused):
    return {one.code for one in refused.value.violations}


@pytest.mark.parametrize("origin", ["lived", "recorded"])
@pytest.mark.parametrize("change", [{"office": "committee"}, {"first": date(2026, 12, 1)}, {"end": date(2026, 11, 1)}])
def test_the_record_of_the_last_is_not_changed_so_that_nobody_is_left(chair, save, able, origin, change):
    row = {"uid": chair.uid, "person": chair.person_id, "office": "chair", **change}
    with pytest.raises(Refused) as refused:
        save(row, origin=origin)
    assert codes(refused) == {"last"}
    chair.refresh_from_db()
    assert (chair.office, chair.end, chair.version) == ("chair", None, 1)
    save({"person": able("李管").pk, "office": "operator"})
    save(row, origin=origin)  # somebody else is there


def test_a_column_alone_does_not_end_the_last_post(chair, union, by, today):
    with pytest.raises(Refused) as refused:
        services.save_posts([{"uid": chair.uid, "end": today}], union=union, by=by, today=today)
    assert codes(refused) == {"last"}
    with pytest.raises(Refused) as refused:
        services.save_posts([{"uid": chair.uid, "office": "women"}], union=union, by=by, today=today)
    assert "last" in codes(refused)


def test_a_successor_in_the_same_ledger_may_follow_without_a_day_between(chair, save, able, today):
    one = {"uid": chair.uid, "person": chair.person_id, "office": "chair", "end": today}
    two = {"uid": None, "person": able("李新").pk, "office": "chair"}
    with pytest.raises(Refused) as refused:
        save(one, {**two, "first": today + timedelta(days=1)})
    assert codes(refused) == {"last"}
    save(one, {**two, "first": today})
    assert set(Post.objects.values_list("end", flat=True)) == {None, today}


def test_history_and_a_union_without_anybody_are_not_held_up(person, save):
    save({"person": person("王老").pk, "office": "chair", "first": date(2016, 1, 1), "end": date(2018, 1, 1)})
    save({"person": person("赵老").pk, "office": "chair", "first": date(2018, 1, 1), "end": date(2020, 1, 1)})


def test_a_deputy_until_an_end_is_not_enough(chair, person, chief, today):
    terms = Terms(acting=True, end=today + timedelta(days=20))
    posts.take_up(person("李副"), "chair", on=today, terms=terms, by=chief, today=today)
    with pytest.raises(Refused) as refused:
        posts.leave(chair, on=today, reason="调动", by=chief, today=today)
    assert codes(refused) == {"last"}


def test_the_record_of_the_last_is_not_withdrawn(chair, able, save, chief, today):
    with pytest.raises(Refused) as refused:
        withdrawal.withdraw(chair, reason="登记错了", by=chief, today=today)
    assert codes(refused) == {"last"}
    chair.refresh_from_db()
    assert chair.withdrawn_on is None
    save({"person": able("李管").pk, "office": "operator"})
    withdrawal.withdraw(chair, reason="登记错了", by=chief, today=today)


def test_the_dead_register_nothing(chair, person, save, chief, today):
    other = person("李管")
    save({"person": other.pk, "office": "operator"})
    words = Words()
    standing.change("die", other, on=today, words=words, by=chief, today=today)
    with pytest.raises(Refused) as refused:
        posts.leave(chair, on=today, reason="调动", by=chief, today=today)
    assert codes(refused) == {"last"}


def ledger(folder, *rows):
    path = folder / "任职.csv"
    path.write_text("\n".join(("姓名,职务,任职日期,离任日期", *rows)), encoding="utf-8")
    return path


def test_an_import_and_its_undoing_leave_somebody(*, union, chair, able, by, chief, today, tmp_path):
    ending = ledger(tmp_path, "张主席,主席,2020-12-10,2026-10-31")
    found = importing.prepare(ending, sheets=SHEETS, union=union, today=today)
    (told,) = [one for one in found.problems if one.code == "last"]
    assert (told.place.row, told.place.column) == (2, "离任日期")
    able("李新")
    both = ledger(tmp_path, "张主席,主席,2020-12-10,2026-10-31", "李新,主席,2026-11-01,")
    first = importing.prepare(both, sheets=SHEETS, union=union, today=today)
    batch = importing.commit(first, by=by)
    chair.refresh_from_db()
    assert chair.end == date(2026, 11, 1)
    batches.undo(batch, union=union, by=chief)  # back to the one before
    chair.refresh_from_db()
    assert chair.end is None


def test_an_import_that_brought_the_last_is_not_undone(*, union, chair, person, by, chief, today, tmp_path):
    services.link_login(person("李管").pk, make_login("liguan", "ein-langes-Wort-7").pk)
    path = ledger(tmp_path, "李管,系统管理员,2020-12-10,")
    batch = importing.commit(importing.prepare(path, sheets=SHEETS, union=union, today=today), by=by)
    posts.leave(chair, on=today, reason="调动", by=chief, today=today)
    with pytest.raises(Refused) as refused:
        batches.undo(batch, union=union, by=chief)
    assert codes(refused) == {"last"}
    assert Post.objects.in_union(union).filter(office="operator").exists()


def test_the_first_import_of_a_union_without_logins_is_undone(*, union, person, by, chief, today, tmp_path):
    person("李管")
    path = ledger(tmp_path, "李管,系统管理员,2020-12-10,")
    batch = importing.commit(importing.prepare(path, sheets=SHEETS, union=union, today=today), by=by)
    batches.undo(batch, union=union, by=chief)
    assert not Post.objects.in_union(union).exists()


@pytest.fixture
def deputy(person, save):
    """A vice chair whose invitation nobody has opened yet."""
    holder = person("李副")
    save({"person": holder.pk, "office": "vice_chair"})
    return holder


@pytest.fixture
def deeds(*, chair, deputy, person, save, chief, today):
    """Every way in which the chair, the last with a login, goes while a vice chair without one stays."""
    row = {"uid": chair.uid, "person": chair.person_id, "office": "chair"}
    return {
        "leave": lambda: posts.leave(chair, on=today, reason="调动", by=chief, today=today),
        "hand over": lambda: posts.hand_over(chair, person("王新"), on=today, by=chief, today=today),
        "ledger": lambda: save({**row, "end": today}),
        "withdrawal": lambda: withdrawal.withdraw(chair, reason="登记错了", by=chief, today=today),
    }


DEEDS = ("leave", "hand over", "ledger", "withdrawal")


@pytest.mark.parametrize("deed", DEEDS)
def test_the_last_with_a_login_stays_until_another_can_come_in(chair, deputy, deeds, deed):
    with pytest.raises(Refused, match=r"李副.*发邀请条") as refused:
        deeds[deed]()
    assert codes(refused) == {"login"}
    user = make_login("lifu", "ein-langes-Wort-7")
    services.link_login(deputy.pk, user.pk)
    user.is_active = False  # closed for good
    user.save()
    with pytest.raises(Refused) as refused:
        deeds[deed]()
    assert codes(refused) == {"login"}
    user.is_active = True
    user.save()
    deeds[deed]()
    chair.refresh_from_db()
    assert chair.end is not None or chair.withdrawn_on is not None


@pytest.mark.parametrize("deed", DEEDS)
def test_where_nobody_has_a_login_nobody_is_held_up(chair, deeds, deed):
    Person.objects.update(user=None)
    deeds[deed]()


def test_death_is_recorded_whoever_is_left(chair, deputy, chief, today):
    standing.change("die", Person.objects.get(pk=chair.person_id), on=today, words=Words(), by=chief, today=today)
    assert Person.objects.get(pk=chair.person_id).leaving == "died"


def test_a_day_on_which_nobody_with_a_login_is_left_is_told(chair, deputy, chief, today):
    with pytest.raises(Refused, match="2026-12-10起能登记任职的人都还没有登录名"):
        posts.leave(chair, on=date(2026, 12, 10), reason="届满", by=chief, today=today)


def test_an_import_of_a_new_term_tells_whom_to_invite_first(*, union, chair, person, by, today, tmp_path):
    person("李新")
    rows = ("张主席,主席,2020-12-10,2026-10-31", "李新,主席,2026-11-01,")
    found = importing.prepare(ledger(tmp_path, *rows), sheets=SHEETS, union=union, today=today)
    (told,) = [one for one in found.problems if one.level == "refuse"]
    assert told.code == "login"
    assert "李新" in told.mend
