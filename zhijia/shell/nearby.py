"""How a phone on the same network reaches this computer: its address there, and a QR code for the terminal."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys

from django.conf import settings

ANY = {"0.0.0.0", "::", ""}  # noqa: S104 - the words for "every network", compared and never listened on here
ELSEWHERE = ("192.0.2.1", 9)  # kept for documents (RFC 5737): choosing a way there sends nothing


def address_of(listening: str) -> str:
    """The address for others of a server that listens there; empty where it is for this computer only, or unknown."""
    if listening in ANY:
        return _own()
    try:
        return "" if ipaddress.ip_address(listening).is_loopback else listening
    except ValueError:
        return "" if listening == "localhost" else listening


def _own() -> str:
    """The address by which this computer goes out to its network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(ELSEWHERE)
        except OSError:
            return ""
        found = str(way.getsockname()[0])
    return "" if ipaddress.ip_address(found).is_loopback else found


def let_in(host: str) -> None:
    """Answer to that name of this computer too, here and in the processes that the server starts."""
    bracketed = f"[{host}]" if ":" in host else host
    if bracketed not in settings.ALLOWED_HOSTS:
        settings.ALLOWED_HOSTS.append(bracketed)
    os.environ["ZHIJIA_HOSTS"] = ",".join(settings.ALLOWED_HOSTS)


def url_of(host: str, port: int, scheme: str = "http") -> str:
    """The site's address under that name."""
    return f"{scheme}://[{host}]:{port}/" if ":" in host else f"{scheme}://{host}:{port}/"


def draw(url: str) -> None:
    """A QR code, where there is a terminal to show it."""
    if sys.stdout.isatty():
        import segno

        segno.make(url).terminal(compact=True)


def tell(listening: str, port: int) -> None:
    """Say where phones on the same network find the site; on a terminal with a QR code."""
    host = address_of(listening)
    if not host:
        return
    let_in(host)
    url = url_of(host, port)
    print(f"同一网络里的手机和电脑：{url}", flush=True)
    draw(url)
    print("这个地址没有加密，只适合试用；正式使用、安装到手机，请用 serve --https。", flush=True)
