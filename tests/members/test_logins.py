"""Whom a typed name means, and the index by which a phone is found without being readable."""

from collections.abc import Callable
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from tests.shell.people import PASSWORD
from zhijia.accounts.services import make_login
from zhijia.core.access import Access
from zhijia.core.demo import World
from zhijia.core.outcomes import Refused
from zhijia.members import logins, own, services
from zhijia.members.models import Person


@pytest.fixture
def person(make_world: Callable[..., World], today: date) -> Person:
    """A member with a phone and a login."""
    world = make_world("members", members=60)
    found = Person.objects.in_union(world.union).members_on(today).filter(phone__isnull=False).first()
    services.link_login(found.pk, make_login("somebody", PASSWORD).pk)
    return Person.objects.get(pk=found.pk)


def phone_of(person: Person) -> str:
    return str(Person.objects.only("phone").get(pk=person.pk).phone.reveal())


def test_a_phone_is_found_by_its_index_however_it_is_typed(person: Person) -> None:
    phone = phone_of(person)
    for typed in (phone, f"+86 {phone}", f"{phone[:3]}-{phone[3:7]}-{phone[7:]}", f" {phone} "):
        assert logins.users_named(typed) == [person.user_id]
    assert logins.users_named(phone[:-1]) == []
    assert phone.encode() not in bytes(person.phone_index or b"")


def test_a_withdrawn_person_is_nobody(person: Person, today: date) -> None:
    Person.objects.filter(pk=person.pk).update(withdrawn_on=today)
    assert logins.users_named(phone_of(person)) == []
    assert logins.asking(person.name, person.staff_no) is None


def test_numbers_that_were_on_record_before_get_their_index(person: Person) -> None:
    Person.objects.update(phone_index=None)
    assert logins.users_named(phone_of(person)) == []
    import_module("zhijia.members.migrations.0002_phone_index").fill(apps, None)
    assert logins.users_named(phone_of(person)) == [person.user_id]
    assert not Person.objects.filter(phone__isnull=False, phone_index=None).exists()


def test_an_empty_word_means_nobody(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(staff_no="")
    assert logins.users_named("") == []
    assert logins.users_named("   ") == []
    assert logins.asking(person.name, "") is None


def test_a_forgotten_password_is_asked_for_with_whatever_one_logs_in_with(person: Person) -> None:
    for number in (person.staff_no, phone_of(person), "somebody"):
        found = logins.asking(person.name, number)
        assert found is not None
        assert found[0] == person.pk
    assert logins.asking("别人", phone_of(person)) is None


def test_nobody_makes_a_service_number_the_own_phone(person: Person, today: date) -> None:
    by = Access(union=person.union_id, on=today, person=person.pk, name=person.name)
    with pytest.raises(Refused, match="服务号码"):
        own.correct({"phone": "12351"}, version=person.version, by=by, today=today)


def test_a_phone_that_is_anothers_staff_number_is_not_taken(person: Person, today: date) -> None:
    """Two logins of one number would lock each other out, also where the other comes in with it as staff number."""
    other = Person.objects.in_union(person.union_id).members_on(today).filter(user=None).first()
    services.link_login(other.pk, make_login("T-20230001", PASSWORD).pk)
    Person.objects.filter(pk=other.pk).update(staff_no="20230001")
    by = Access(union=person.union_id, on=today, person=person.pk)
    with pytest.raises(Refused) as refused:
        own.correct({"phone": "20230001"}, version=person.version, by=by, today=today)
    assert [one.code for one in refused.value.violations] == ["taken"]
    assert logins.users_named("20230001") == [Person.objects.get(pk=other.pk).user_id]
