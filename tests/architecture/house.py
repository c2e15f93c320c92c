"""What the arrow tests know about the house: its floors (read from pyproject.toml) and the code as it lies on disk.

Every check takes the root of a checkout, so that the canaries can run it on a copy with something bad planted in it,
and returns what it found wrong, one sentence each.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
_LINKS = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
_TOLD = ("reports", "rollups", "shell")  # they know the rooms through features.py only, with one exception:
_MAY_PASS = {
    ("zhijia/shell/access.py", f"zhijia.members.{module}")
    for module in ("services", "logins", "own", "cards", "lapsing")
}
_TEMPLATE_LINK = re.compile(r"{%-?\s*(url|extends|include)\s+[\"']([^\"']+)[\"']")


def floors(root: Path = ROOT) -> dict[str, int]:
    """Return the floor of every room, 0 at the bottom, from the contract `house`; rooms on one floor share a number."""
    with (root / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["id"] == "house")["layers"]
    return {room: floor for floor, layer in enumerate(reversed(layers)) for room in re.findall(r"\w+", layer)}


def rooms(root: Path = ROOT) -> list[str]:
    """Return the rooms that have a folder, lowest floor first; wiring (config) is none."""
    found = [folder.name for folder in (root / "zhijia").iterdir() if (folder / "__init__.py").exists()]
    height = floors(root)
    return sorted((room for room in found if room != "config"), key=lambda room: (height.get(room, -1), room))


def points_down(source: str, target: str, height: dict[str, int]) -> bool:
    """True inside one room and from a higher floor to a lower one; names that are no room of ours are not judged."""
    if source == target or target not in height:
        return True
    return height[target] < height[source]


def _trees(root: Path) -> Iterator[tuple[str, Path, ast.Module]]:
    for room in rooms(root):
        for file in sorted((root / "zhijia" / room).rglob("*.py")):
            if "migrations" not in file.parts:
                yield room, file.relative_to(root), ast.parse(file.read_text(encoding="utf-8"))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _first_text(call: ast.Call, keyword: str = "to") -> str:
    named = [word.value for word in call.keywords if word.arg == keyword]
    for value in [*call.args[:1], *named]:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            return value.value
    return ""


def text_arrows_up(root: Path = ROOT) -> list[str]:
    """Find arrows written as text, which import-linter does not see: "room.Model", "room:url", "zhijia.room…"."""
    height, found = floors(root), []
    for room, file, tree in _trees(root):
        for node in ast.walk(tree):
            target = ""
            if isinstance(node, ast.Call) and _called(node) in _RELATIONS | {"get_model"}:
                target = _first_text(node).partition(".")[0]
            elif isinstance(node, ast.Call) and _called(node) in _LINKS:
                target = _first_text(node).partition(":")[0]
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                module = re.fullmatch(r"zhijia\.(\w+)[\w.]*", node.value)
                target = module[1] if module else ""
            if not points_down(room, target, height):
                found.append(f"{file}:{node.lineno} {room} points up to {target}")
    return found


def arrows_past_the_waist(root: Path = ROOT) -> list[str]:
    """Find what is told or totalled (and the hallway) looking into a room from `members` up, past features.py."""
    height, found = floors(root), []
    hidden = {room for room, floor in height.items() if height["members"] <= floor < height["features"]}
    for room, file, tree in _trees(root):
        for node in ast.walk(tree) if room in _TOLD else ():
            looked = [module for module in _imported(node) if (file.as_posix(), module) not in _MAY_PASS]
            found += [f"{file}:{node.lineno} {room} looks into {m}" for m in looked if m.split(".")[1] in hidden]
    return found


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module:
        names = [f"{node.module}.{alias.name}" for alias in node.names]
        names = [name if name.count(".") < 3 else node.module for name in names]
    else:
        names = []
    return [name for name in names if name.startswith("zhijia.")]


def template_arrows_up(root: Path = ROOT) -> list[str]:
    """Find templates that link to, extend or include something of a room that is not below theirs."""
    height, found = floors(root), []
    for room in rooms(root):
        folder = root / "zhijia" / room / "templates"
        for file in sorted(folder.rglob("*.html")):
            place = file.relative_to(root)
            if file.relative_to(folder).parts[0] != room:
                found.append(f"{place} must lie in templates/{room}/")
            for kind, target in _TEMPLATE_LINK.findall(file.read_text(encoding="utf-8")):
                other = target.partition(":" if kind == "url" else "/")[0]
                if not points_down(room, other, height):
                    found.append(f"{place} {room} points up to {other} ({kind} {target})")
    return found


def _is_view(node: ast.stmt) -> bool:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
        return False
    return bool(node.args.args) and node.args.args[0].arg == "request"


def views(root: Path = ROOT) -> Iterator[tuple[str, str, str | None]]:
    """Yield (room, place, guard) of each view; guard is its permission, "" for @public, None where there is no guard.

    A view is a public function of views.py (or of the package views) whose first argument is `request`.
    """
    for room, file, tree in _trees(root):
        if "views" not in {file.stem, *file.parts}:
            continue
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                yield room, f"{file}:{node.lineno} {node.name} (a class; views are functions)", None
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_view(node):
                yield room, f"{file}:{node.lineno} {node.name}", _guard(node)


def _guard(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str | None:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and _called(decorator) == "requires":
            return _first_text(decorator, "permission") or None
        if isinstance(decorator, ast.Name | ast.Attribute) and ast.unparse(decorator).endswith("public"):
            return ""
    return None


def unguarded_views(root: Path = ROOT) -> list[str]:
    """Find views without @requires("room.permission") or @public, and views that ask for another room's permission."""
    found = []
    for room, place, guard in views(root):
        if guard is None:
            found.append(f"{place} has neither @requires nor @public")
        elif guard and guard.partition(".")[0] != room:
            found.append(f"{place} asks for {guard}, which is another room's permission")
    return found


def folders_that_are_no_package(root: Path = ROOT) -> list[str]:
    """Find folders of code without __init__.py: grimp, and so every contract, passes them by."""
    folders = {file.parent for file in (root / "zhijia").rglob("*.py")}
    inside = {parent for folder in folders for parent in folder.parents if parent.is_relative_to(root / "zhijia")}
    missing = [folder for folder in folders | inside if not (folder / "__init__.py").exists()]
    return sorted(f"{folder.relative_to(root)} has no __init__.py" for folder in missing)
