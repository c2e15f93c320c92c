"""`serve --https`: this computer's names and addresses, the settings of a site that is only asked by HTTPS, renewal."""

from __future__ import annotations

import ipaddress
import os
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from zhijia.shell import nearby
from zhijia.shell.cli import note_error
from zhijia.shell.https import certificates
from zhijia.shell.https.certificates import Files

PORT = 8443
EVERYWHERE = "0.0.0.0"  # noqa: S104 - the point of HTTPS on a LAN
_LOOK_EVERY = 12 * 3600.0  # seconds between two looks at names and dates
_HERE = ("localhost", "127.0.0.1", "::1")


def folder() -> Path:
    """Where the certificates lie."""
    return Path(settings.ZHIJIA_HOME) / "keys"


def own_names(listening: str, given: Iterable[str] = ()) -> list[str]:
    """Names and addresses under which this computer is asked; `given` are those that only its network knows."""
    found = {*_HERE, *(name.strip().lower() for name in given if name.strip())}
    host = socket.gethostname().lower()
    if _is_name(host):
        found |= {host} if "." in host else {host, f"{host}.local"}
    found |= _addresses(host)
    found.add(nearby.address_of(listening))
    return sorted(found - {""})


def _addresses(host: str) -> set[str]:
    try:
        known = {str(entry[4][0]).partition("%")[0] for entry in socket.getaddrinfo(host, None)}
    except OSError:
        return set()
    return {address for address in known if not ipaddress.ip_address(address).is_link_local}


def _is_name(host: str) -> bool:
    return bool(host) and all(part.isascii() and part.replace("-", "a").isalnum() for part in host.split("."))


def prepare(listening: str, given: Iterable[str] = ()) -> Files:
    """Make or renew the certificate, answer to its names, keep cookies to HTTPS: here and in the server's processes."""
    names = own_names(listening, given)
    files = certificates.ensure(folder(), names)
    for name in names:
        nearby.let_in(name)
    os.environ["ZHIJIA_TLS"] = "on"
    settings.HTTPS = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = None  # nobody stands before the server: it knows itself how it was asked
    return files


@contextmanager
def renewing(listening: str, given: Iterable[str], reload: Callable[[], None]) -> Iterator[None]:
    """While the block runs, look twice a day; where the certificate was made anew, `reload` takes it up."""
    over = threading.Event()
    names = tuple(given)

    def look() -> None:
        while not over.wait(_LOOK_EVERY):
            try:
                if prepare(listening, names).renewed:
                    reload()
            except Exception:  # noqa: BLE001 - the old certificate is good for weeks; the place stands in the log
                note_error()

    threading.Thread(target=look, daemon=True).start()
    try:
        yield
    finally:
        over.set()
