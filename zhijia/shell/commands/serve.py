"""`serve`: the web site on the data folder, and the worker that does what takes long."""

from __future__ import annotations

import argparse
import socket

from zhijia.core.outcomes import Refused, Violation
from zhijia.shell.readiness import here


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("--port", type=int, default=8000, help="端口（默认 8000）")
    parser.add_argument("--address", default="127.0.0.1", help="监听地址；局域网里别的电脑要访问时用 0.0.0.0")


def run(options: argparse.Namespace) -> int:
    """Refuse without a union; else serve until stopped."""
    place = here(options.union)
    print(f"工会：{place.known.name}")
    return serve(options.port, options.address)


def serve(port: int, address: str = "127.0.0.1") -> int:
    """Serve until the process is stopped; a port in use is refused."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from zhijia.core import batches
    from zhijia.shell import in_use, nearby
    from zhijia.shell.work.supervising import worker_beside

    _refuse_taken(port, address)
    batches.forget_images()
    SessionStore.clear_expired()
    workers = 2 if connection.vendor == "postgresql" else 1
    connection.close()
    print(f"网站：http://localhost:{port} （按 Ctrl+C 停止）", flush=True)
    nearby.tell(address, port)
    with in_use.held(), worker_beside():
        server = Granian(
            "zhijia.config.wsgi:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=4,
            websockets=False,
            log_access=False,
            log_level=LogLevels.warning,
        )
        server.serve()
    return 0


def _refuse_taken(port: int, address: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, OverflowError):
            message = f"端口 {port} 已被占用，或不能使用"
            raise Refused([Violation("port", message, mend="请换一个端口：--port 8001")]) from None
