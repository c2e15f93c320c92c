"""HTTPS without anybody's help: what the certificates say, who is served, and when they are made anew."""

import http.client
import ipaddress
import os
import socket
import ssl
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from functools import partial
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from django.conf import settings
from django.test import Client

from tests import serving as servers
from tests.shell.folder import TODAY, Folder
from zhijia.shell import nearby
from zhijia.shell.https import certificates, serving

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
NAMES = ["localhost", "127.0.0.1", "::1", "office-pc", "office-pc.local", "192.168.1.20"]


def loaded(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificates(file.read_bytes())[0]


def test_the_servers_certificate_is_what_phones_accept(tmp_path: Path) -> None:
    files = certificates.ensure(tmp_path, NAMES, now=NOW)
    own, authority = loaded(files.certificate), loaded(files.authority)
    own.verify_directly_issued_by(authority)
    names = own.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert set(names.get_values_for_type(x509.DNSName)) == {"localhost", "office-pc", "office-pc.local"}
    assert set(map(str, names.get_values_for_type(x509.IPAddress))) == {"127.0.0.1", "::1", "192.168.1.20"}
    usage = own.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert not usage.value.key_cert_sign
    purposes = own.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(purposes) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert not own.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    span = own.not_valid_after_utc - own.not_valid_before_utc
    assert timedelta(days=396) < span <= timedelta(days=397)
    assert own.not_valid_before_utc < NOW < own.not_valid_after_utc


def test_the_authority_can_sign_for_this_network_only(tmp_path: Path) -> None:
    authority = loaded(certificates.ensure(tmp_path, NAMES, now=NOW).authority)
    basic = authority.extensions.get_extension_for_class(x509.BasicConstraints)
    assert basic.critical
    assert (basic.value.ca, basic.value.path_length) == (True, 0)
    assert authority.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    nets = [one.value for one in limits.value.permitted_subtrees or () if isinstance(one, x509.IPAddress)]
    assert any(ipaddress.ip_address("192.168.3.4") in net for net in nets if net.version == 4)
    assert not any(ipaddress.ip_address("8.8.8.8") in net for net in nets if net.version == 4)


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_keys_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    certificates.ensure(tmp_path, NAMES, now=NOW)
    for name in (certificates.SERVER_KEY, certificates.AUTHORITY_KEY):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    (tmp_path / certificates.AUTHORITY_KEY).chmod(0o644)
    certificates.ensure(tmp_path, NAMES, now=NOW)
    assert stat.S_IMODE((tmp_path / certificates.AUTHORITY_KEY).stat().st_mode) == 0o600
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "https-ca.crt", "https-ca.key", "https-server.crt", "https-server.key",
    ]  # fmt: skip


def test_nothing_is_made_anew_without_need(tmp_path: Path) -> None:
    first = certificates.ensure(tmp_path, NAMES, now=NOW)
    assert first.renewed
    before = first.certificate.read_bytes()
    again = certificates.ensure(tmp_path, list(reversed(NAMES)), now=NOW + timedelta(days=300))
    assert not again.renewed
    assert again.certificate.read_bytes() == before


def test_another_address_or_the_last_month_gives_a_new_certificate_of_the_same_authority(tmp_path: Path) -> None:
    files = certificates.ensure(tmp_path, NAMES, now=NOW)
    authority, serial = files.authority.read_bytes(), loaded(files.certificate).serial_number
    moved = certificates.ensure(tmp_path, [*NAMES, "192.168.9.9"], now=NOW)
    assert moved.renewed
    assert "192.168.9.9" in certificates.names_in(loaded(moved.certificate))
    assert loaded(moved.certificate).serial_number != serial
    late = certificates.ensure(tmp_path, [*NAMES, "192.168.9.9"], now=NOW + timedelta(days=370))
    assert late.renewed
    assert loaded(late.certificate).not_valid_after_utc > NOW + timedelta(days=700)
    assert files.authority.read_bytes() == authority  # phones need not trust again


@pytest.mark.parametrize("broken", [certificates.SERVER, certificates.SERVER_KEY])
def test_a_damaged_file_is_made_anew(tmp_path: Path, broken: str) -> None:
    certificates.ensure(tmp_path, NAMES, now=NOW)
    (tmp_path / broken).write_bytes(b"nothing of ours")
    assert certificates.ensure(tmp_path, NAMES, now=NOW).renewed
    assert not certificates.ensure(tmp_path, NAMES, now=NOW).renewed


def test_an_authority_near_its_end_is_replaced_in_time(tmp_path: Path) -> None:
    files = certificates.ensure(tmp_path, NAMES, now=NOW)
    first = files.authority.read_bytes()
    later = certificates.ensure(tmp_path, NAMES, now=NOW + timedelta(days=3300))
    assert later.authority.read_bytes() != first
    loaded(later.certificate).verify_directly_issued_by(loaded(later.authority))


def test_own_names_are_names_of_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearby, "_own", lambda: "192.168.1.20")
    monkeypatch.setattr(socket, "gethostname", lambda: "Office-PC")
    monkeypatch.setattr(serving, "_addresses", lambda _host: {"192.168.1.20"})
    assert set(serving.own_names("0.0.0.0", ["Gonghui.Example.gov.cn "])) == {  # noqa: S104 - compared, not listened on
        "localhost", "127.0.0.1", "::1", "192.168.1.20", "office-pc", "office-pc.local", "gonghui.example.gov.cn",
    }  # fmt: skip


def test_settings_of_an_encrypted_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
        monkeypatch.setattr(settings, name, False)
    monkeypatch.setattr(settings, "SECURE_PROXY_SSL_HEADER", None)
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["localhost"])
    monkeypatch.setattr(settings, "ZHIJIA_HOME", tmp_path)
    for name in ("ZHIJIA_TLS", "ZHIJIA_HOSTS"):
        monkeypatch.setenv(name, "")
    serving.prepare("192.168.1.7", ["gonghui.lan"])
    assert settings.SESSION_COOKIE_SECURE
    assert settings.CSRF_COOKIE_SECURE
    assert {"192.168.1.7", "gonghui.lan"} <= set(settings.ALLOWED_HOSTS)
    assert os.environ["ZHIJIA_TLS"] == "on"
    assert "gonghui.lan" in os.environ["ZHIJIA_HOSTS"].split(",")


def test_the_steps_and_the_file_are_public(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ZHIJIA_HOME", tmp_path)
    page = Client().get("/install-certificate/").content.decode()
    assert "不用装" in page
    assert Client().get("/ca.crt").status_code == 404
    files = certificates.ensure(tmp_path / "keys", NAMES)
    page = Client().get("/install-certificate/").content.decode()
    for word in ("iPhone", "安卓", "鸿蒙", "Windows", certificates.fingerprint(files.authority)):
        assert word in page
    answer = Client().get("/ca.crt")
    assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
    assert answer.content == files.authority.read_bytes()
    assert b"PRIVATE" not in answer.content


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Folder, int]]:
    folder = Folder(tmp_path_factory.mktemp("https"))
    folder.migrated()
    folder.init()
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"ZHIJIA_HOME": str(folder.home), "ZHIJIA_TODAY": TODAY, "PYTHONIOENCODING": "utf-8"}
    with servers.own_port() as port, (folder.home / "said.txt").open("wb") as said:
        words = [sys.executable, "-m", "zhijia", "serve", "--https", "--port", str(port), "--name", "gonghui.lan"]
        up = partial(asked, folder, port, "/login/")
        with servers.running(words, env, up, stdout=said, stderr=subprocess.STDOUT):
            yield folder, port


def trusting(folder: Folder) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(folder.home / "keys" / certificates.AUTHORITY))


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    text: str


def asked(folder: Folder, port: int, path: str, host: str = "localhost") -> Answer:
    """One question over TLS to this computer, under a name that its certificate has to hold."""
    with (
        socket.create_connection(("127.0.0.1", port), timeout=60) as raw,
        trusting(folder).wrap_socket(raw, server_hostname=host) as secure,
        closing(http.client.HTTPConnection(host, port)) as connection,
    ):
        connection.sock = secure
        connection.request("GET", path, headers={"Connection": "close"})
        with connection.getresponse() as answer:
            return Answer(answer.status, answer.headers, answer.read().decode())


@pytest.mark.own_folder
def test_a_client_that_trusts_the_authority_is_served(site: tuple[Folder, int]) -> None:
    folder, port = site
    for host in ("localhost", "127.0.0.1", "gonghui.lan"):
        answer = asked(folder, port, "/login/", host)
        assert answer.status == 200, host
        cookie = answer.headers["Set-Cookie"]
        assert "csrftoken=" in cookie
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert 'name="username"' in answer.text
    said = (folder.home / "said.txt").read_text(encoding="utf-8")
    assert f"https://localhost:{port}" in said
    assert f"https://gonghui.lan:{port}/install-certificate/" in said
    assert certificates.fingerprint(folder.home / "keys" / certificates.AUTHORITY) in said


@pytest.mark.own_folder
def test_a_page_behind_the_login_leads_to_the_login_by_https(site: tuple[Folder, int]) -> None:
    folder, port = site
    answer = asked(folder, port, "/")
    assert answer.status == 302
    assert answer.headers["Location"].startswith("/login/")
    assert asked(folder, port, "/ca.crt").status == 200


@pytest.mark.own_folder
def test_a_stranger_or_another_name_is_refused(site: tuple[Folder, int]) -> None:
    folder, port = site
    with pytest.raises(ssl.SSLCertVerificationError), socket.create_connection(("127.0.0.1", port)) as raw:
        ssl.create_default_context().wrap_socket(raw, server_hostname="localhost")
    with pytest.raises(ssl.SSLCertVerificationError), socket.create_connection(("127.0.0.1", port)) as raw:
        trusting(folder).wrap_socket(raw, server_hostname="another.example")
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as plain:
        plain.request("GET", "/login/")
        with pytest.raises((http.client.HTTPException, OSError)):
            plain.getresponse()
