"""Columns of many rows written at once: the same rows, whichever way the database is given them."""

from datetime import date

import pytest

from zhijia.core import db as sets
from zhijia.core import secrets
from zhijia.members import services
from zhijia.members.models import Person
from zhijia.unions import services as unions


@pytest.mark.parametrize("many", [1, 10**9])
def test_values_of_every_sort_are_written_to_rows_that_stand(db, by, today, monkeypatch, many):
    monkeypatch.setattr(sets, "MANY", many)
    monkeypatch.setattr(sets, "CHUNK", 3)
    union = unions.found({"code": "T", "name": "测试工会"}, by=by, today=today).pk
    rows = [{"name": f"王{place}", "sex": "male", "staff_no": str(place)} for place in range(8)]
    pks = services.save_persons(rows, union=union, by=by, today=today)
    columns = {
        "department": [f"处{place}" for place in range(8)],
        "left_on": [None, *[date(2020, 1, 1 + place) for place in range(7)]],
        "leader": [place % 2 == 0 for place in range(8)],
        "id_index": [None, *[bytes([place]) * 16 for place in range(7)]],
        "phone": [None, *[secrets.encrypt(f"1990000000{place}") for place in range(7)]],
        "group": [None] * 8,
    }
    versions = [1] * 7 + [9]
    assert sets.update(Person, pks, versions, columns) == 7
    stored = Person.objects.only("phone", "department", "left_on", "leader", "id_index", "version").in_bulk(pks)
    for place, pk in enumerate(pks[:7]):
        row = stored[pk]
        assert (row.department, row.left_on, row.leader) == (
            columns["department"][place], columns["left_on"][place], columns["leader"][place],
        )  # fmt: skip
        assert row.id_index == columns["id_index"][place]
        assert row.version == 2
    assert stored[pks[3]].phone.reveal() == "19900000002"
    assert (stored[pks[7]].department, stored[pks[7]].version) == ("", 1)
