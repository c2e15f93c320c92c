"""A throw-away PostgreSQL server for tests: up in about a second, no service, no port, nothing left behind.

It listens on a unix socket in a temporary folder only (on Windows: on a free port of 127.0.0.1), without fsync.
PostgreSQL refuses to run as root, so root hands it to the operating system's user `postgres`.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

_FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"


class Missing(RuntimeError):
    """There is no PostgreSQL on this machine, or no user who may run it."""


def binaries() -> Path:
    """Return the folder with initdb and pg_ctl: the one on PATH, else the newest of Debian's; raises Missing."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    if debian:
        return debian[-1].parent
    raise Missing("no PostgreSQL here: initdb is neither on PATH nor under /usr/lib/postgresql (Debian: postgresql).")


def _owner() -> dict[str, str]:
    """Return the `user=` and `group=` words of subprocess for a user who may run a server; raises Missing."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd

    try:
        pwd.getpwnam("postgres")
    except KeyError:
        raise Missing("PostgreSQL does not run as root, and there is no user postgres to run it.") from None
    return {"user": "postgres", "group": "postgres"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(kept: Path | None = None) -> Iterator[str]:
    """Yield the DATABASE_URL of a running, empty server; stops it and removes its files at the end. Raises Missing.

    With `kept` its data stays in that folder, and a later server there finds it again.
    """
    bin_folder, owner = binaries(), _owner()
    home = Path(tempfile.mkdtemp(prefix="zhijia-pg-"))
    if owner:
        shutil.chown(home, "postgres", "postgres")
    data = kept or home / "data"
    if kept and owner:
        kept.mkdir(exist_ok=True)
        shutil.chown(kept, "postgres", "postgres")

    # The server inherits no folder of ours as its working folder: the user postgres may not enter it.
    def run(program: str, *words: str) -> None:
        subprocess.run([bin_folder / program, *words], check=True, stdout=subprocess.DEVNULL, cwd=home, **owner)

    if os.name == "nt":
        port = _free_port()
        listen, address = f"-c listen_addresses=127.0.0.1 -p {port}", f"127.0.0.1:{port}/postgres"
    else:
        listen, address = f"-c listen_addresses= -k {home}", f"/postgres?host={home}"
    try:
        if not (data / "PG_VERSION").exists():
            run("initdb", "-D", str(data), "-U", "zhijia", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "-D", str(data), "-l", str(home / "log"), "-w", "-o", f"{_FAST} {listen}", "start")
        try:
            yield f"postgres://zhijia@{address}"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "fast" if kept else "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
