"""`serve`: the web site on the data folder, and the worker that does what takes long."""

from __future__ import annotations

import argparse
import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zhijia.core.outcomes import Refused, Violation
from zhijia.shell import nearby
from zhijia.shell.https import certificates, serving
from zhijia.shell.readiness import here

if TYPE_CHECKING:
    from granian.server.common import AbstractServer


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("--port", type=int, help="端口（默认 8000；用 HTTPS 时 8443）")
    parser.add_argument("--address", help="监听地址（默认只有本机；用 HTTPS 时整个局域网）")
    parser.add_argument("--https", action="store_true", help="局域网里加密访问：自动建立和更新证书")
    help_text = "这台电脑在单位网络里的域名，写进证书（可以写几次，要和 --https 一起用）"
    parser.add_argument("--name", action="append", default=[], metavar="域名", help=help_text)


def run(options: argparse.Namespace) -> int:
    """Refuse without a union; else serve until stopped."""
    place = here(options.union)
    print(f"工会：{place.known.name}")
    if options.https:
        return serve_https(options.port or serving.PORT, options.address or serving.EVERYWHERE, options.name)
    if options.name:
        raise Refused([Violation("name", "--name 只能和 --https 一起用", mend="请加上 --https")])
    return serve(options.port or 8000, options.address or "127.0.0.1")


def serve(port: int, address: str = "127.0.0.1") -> int:
    """Serve until the process is stopped; a port in use is refused."""
    _refuse_taken(port, address)
    print(f"网站：http://localhost:{port} （按 Ctrl+C 停止）", flush=True)
    nearby.tell(address, port)
    _serve(_server(port, address))
    return 0


def serve_https(port: int, address: str, names: Sequence[str] = ()) -> int:
    """Serve encrypted, under a certificate of this folder's own authority, which is made and renewed here."""
    from granian.constants import SSLProtocols

    _refuse_taken(port, address)
    files = serving.prepare(address, names)
    _tell_https(files, port, address, names)
    # Telephones of before 2020 do not speak TLS 1.3.
    server = _server(port, address, ssl_cert=files.certificate, ssl_key=files.key, ssl_protocol_min=SSLProtocols.tls12)
    with serving.renewing(address, names, server.signal_handler_reload):
        _serve(server)
    return 0


def _tell_https(files: certificates.Files, port: int, address: str, names: Sequence[str]) -> None:
    print(f"网站：https://localhost:{port} （按 Ctrl+C 停止；只接受 https，http 打不开）", flush=True)
    host = names[0] if names else nearby.address_of(address)
    if host:
        url = nearby.url_of(host, port, "https")
        print(f"同一网络里的手机和电脑：{url}", flush=True)
        print(f"第一次用的手机和电脑，先打开 {url}install-certificate/ 装一次证书（浏览器会先提醒，选“继续访问”）")
        nearby.draw(f"{url}install-certificate/")
    print(f"证书指纹（安装时核对）：{certificates.fingerprint(files.authority)}", flush=True)
    if files.renewed:
        print("证书已新建或更新", flush=True)


def _serve(server: AbstractServer[Any]) -> None:
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection

    from zhijia.core import batches
    from zhijia.shell import in_use
    from zhijia.shell.work.supervising import worker_beside

    batches.forget_images()
    SessionStore.clear_expired()
    connection.close()
    with in_use.held(), worker_beside():
        server.serve()


def _server(port: int, address: str, **tls: Any) -> AbstractServer[Any]:
    from django.db import connection
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    return Granian(
        "zhijia.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=2 if connection.vendor == "postgresql" else 1,
        blocking_threads=4,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        **tls,
    )


def _refuse_taken(port: int, address: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, OverflowError):
            message = f"端口 {port} 已被占用，或不能使用"
            raise Refused([Violation("port", message, mend="请换一个端口：--port 8001")]) from None
