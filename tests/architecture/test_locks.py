"""A service that decides on what it reads takes the lock first: what it read is then still true when it writes.

Read from the source of the rooms: of every function that is one transaction, followed through the functions that it
calls, the first thing done to the database is a lock (`audit.lock`, a row read by `select_for_update`, the engine of
records, which locks by itself) or a write, never a plain reading. Whether the lock is the right one only a race can
tell (`tests/members/test_races.py`).
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import zhijia

HOUSE = Path(zhijia.__file__).parent
# Not the workshop of reports, whose drafts tell by their versions that somebody else wrote.
ROOMS = (
    "accounts", "activities", "benefits", "care", "documents", "elections", "funds", "inquiries", "learning", "members",
    "notices", "plans", "standards", "unions", "voice",
)  # fmt: skip
MANAGERS = frozenset(("objects", "_base_manager", "_default_manager"))
WRITES = frozenset(("create", "bulk_create", "get_or_create", "update_or_create", "update", "delete", "bulk_update"))
READ, LOCK, WRITE = "read", "lock", "write"
# A union that is not there yet has no lock: two of one code are told apart by the database.
FREE = frozenset(("zhijia.unions.services.found",))
KNOWN = {
    "zhijia.core.audit.lock": LOCK, "zhijia.core.records.save": LOCK, "zhijia.core.audit.record": WRITE,
    "zhijia.core.batches.undo": LOCK, "zhijia.core.batches.keep": WRITE, "zhijia.core.db.insert": WRITE,
    "zhijia.core.db.update": WRITE,
}  # fmt: skip


@cache
def module(name: str) -> ast.Module | None:
    path = HOUSE.joinpath(*name.split(".")[1:])
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ast.parse(path.read_text(encoding="utf-8")) if path.exists() else None


@cache
def names(of: str) -> dict[str, str]:
    """What the names at the top of a module mean: a function or module of the house by its full name."""
    found: dict[str, str] = {}
    for node in module(of).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("zhijia"):
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.FunctionDef):
            found[node.name] = f"{of}.{node.name}"
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and node.value.args:
            called = node.value.args[0]  # save_rows = partial(records.save, ROWS)
            if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
                base = found.get(called.value.id, "")
                found |= {one.id: f"{base}.{called.attr}" for one in node.targets if isinstance(one, ast.Name)}
    return found


@cache
def function(full: str) -> tuple[str, ast.FunctionDef] | None:
    of, _, name = full.rpartition(".")
    tree = module(of) if of.startswith("zhijia.") else None
    if tree is None:
        return None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return of, node
    meant = names(of).get(name)
    return function(meant) if meant and meant != full else None


def meaning(of: str, called: ast.expr) -> str:
    """The full name of what is called, through a name given to it at the top of a module; "" for anything else."""
    if isinstance(called, ast.Name):
        full = names(of).get(called.id, "")
    elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        base = names(of).get(called.value.id, "")
        full = f"{base}.{called.attr}" if base else ""
    else:
        return ""
    where, _, name = full.rpartition(".")
    if full not in KNOWN and where.startswith("zhijia.") and module(where) is not None:
        return names(where).get(name, full)
    return full


def chain(node: ast.expr) -> list[str]:
    """The attributes of a chain of calls, the first one first."""
    found = []
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute):
            found.append(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    return found[::-1]


def arguments(node: ast.expr) -> Iterator[ast.expr]:
    """What a chain of calls is given: it is computed before the chain asks the database."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Call):
            yield from node.args
            yield from (one.value for one in node.keywords)
        node = node.func if isinstance(node, ast.Call) else node.value


def events(of: str, node: ast.AST, under_way: frozenset[str]) -> Iterator[str]:
    """What is done to the database, in the order of the source."""
    if isinstance(node, ast.Call | ast.Attribute):
        for one in arguments(node):
            if not isinstance(one, ast.Lambda):
                yield from events(of, one, under_way)
        links = chain(node)
        if "select_for_update" in links:
            yield LOCK
        elif MANAGERS & set(links):
            yield WRITE if WRITES & set(links[-1:]) else READ
        elif isinstance(node, ast.Call):
            yield from _called(of, node, under_way)
        return
    if isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
        return
    for one in ast.iter_child_nodes(node):
        yield from events(of, one, under_way)


def _called(of: str, node: ast.Call, under_way: frozenset[str]) -> Iterator[str]:
    full = meaning(of, node.func)
    if full in KNOWN:
        yield KNOWN[full]
        return
    found = function(full) if full and full not in under_way else None
    if found is not None:
        where, body = found
        for one in body.body:
            yield from events(where, one, under_way | {full})


def is_atomic(node: ast.expr) -> bool:
    return ast.unparse(node).startswith("transaction.atomic")


def transactions(node: ast.FunctionDef) -> list[list[ast.stmt]]:
    """The transactions of a function: the whole of it, or what stands within one."""
    if any(is_atomic(one) for one in node.decorator_list):
        return [node.body]
    blocks = [one for one in ast.walk(node) if isinstance(one, ast.With)]
    return [block.body for block in blocks if any(is_atomic(item.context_expr) for item in block.items)]


def services() -> Iterator[str]:
    for room in ROOMS:
        for path in sorted((HOUSE / room).rglob("*.py")):
            of = ".".join(("zhijia", *path.relative_to(HOUSE).with_suffix("").parts))
            if "migrations" in of or "demo" in path.name:
                continue
            for node in module(of).body:
                if isinstance(node, ast.FunctionDef) and transactions(node):
                    full = f"{of}.{node.name}"
                    if full not in FREE:
                        yield full


@pytest.mark.parametrize("name", tuple(services()))
def test_a_service_locks_before_it_reads(name: str) -> None:
    of, node = function(name)
    for body in transactions(node):
        done = [event for one in body for event in events(of, one, frozenset({name}))]
        if {WRITE, LOCK} & set(done):
            assert done[0] != READ, f"{name} reads before it locks: {done}"


def test_the_reading_of_the_source_sees_what_it_is_to_see() -> None:
    def done(source: str) -> list[str]:
        return list(events("zhijia.members.posts", ast.parse(source), frozenset()))

    assert done("audit.lock(1)\nPost.objects.get(pk=1)\naudit.record()") == [LOCK, READ, WRITE]
    assert done("row = locked(post)")[0] == LOCK
    assert done("Post.objects.filter(pk__in=Person.objects.all()).update(end=None)") == [READ, WRITE]
    assert done("Post.objects.select_for_update().get(pk=1)") == [LOCK]
    assert done("Post.objects.create(person=Person.objects.get(pk=1))") == [READ, WRITE]
