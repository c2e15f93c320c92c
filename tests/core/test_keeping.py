"""A typed secret that travels in a form: read back for the same login and box only."""

import pytest

from zhijia.core.pages.keeping import seal, unseal


@pytest.mark.django_db
def test_a_sealed_text_comes_back_for_the_same_login_and_box_only() -> None:
    sealed = seal("13800001234", user=7, box="members.Person.phone.1")
    assert "1380000" not in sealed
    assert unseal(sealed, user=7, box="members.Person.phone.1") == "13800001234"
    assert not unseal(sealed, user=8, box="members.Person.phone.1")
    assert not unseal(sealed, user=7, box="members.Person.phone.2")
    assert not unseal(sealed[:-4] + "AAAA", user=7, box="members.Person.phone.1")
    for nonsense in ("", "x", "é", "AAAA"):
        assert not unseal(nonsense, user=7, box="members.Person.phone.1")
    assert not seal("", user=7, box="b")
