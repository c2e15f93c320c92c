"""The address for phones: never for a server of this computer only, and let in by that name alone."""

import os

import pytest
from django.conf import settings

from zhijia.shell import nearby

EVERYWHERE = "0.0.0.0"  # noqa: S104 - the word for it, nothing listens


@pytest.mark.parametrize("listening", ["127.0.0.1", "127.0.0.53", "::1", "localhost"])
def test_a_server_for_this_computer_has_no_address_for_others(listening: str) -> None:
    assert nearby.address_of(listening) == ""


def test_a_named_address_is_that_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearby, "_own", lambda: "192.168.1.20")
    assert nearby.address_of("192.168.1.7") == "192.168.1.7"
    assert nearby.address_of(EVERYWHERE) == "192.168.1.20"


def test_only_the_own_address_is_let_in(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["localhost"])
    monkeypatch.setenv("ZHIJIA_HOSTS", "")
    monkeypatch.setattr(nearby, "_own", lambda: "192.168.1.20")
    nearby.tell("127.0.0.1", 8000)
    assert capsys.readouterr().out == ""
    nearby.tell(EVERYWHERE, 8000)
    said = capsys.readouterr().out
    assert "http://192.168.1.20:8000/" in said
    assert "没有加密" in said
    assert "█" not in said  # no QR code outside a terminal
    assert settings.ALLOWED_HOSTS == ["localhost", "192.168.1.20"]
    assert os.environ["ZHIJIA_HOSTS"] == "localhost,192.168.1.20"


def test_without_a_network_nothing_is_promised(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(nearby, "_own", lambda: "")
    nearby.tell(EVERYWHERE, 8000)
    assert capsys.readouterr().out == ""
