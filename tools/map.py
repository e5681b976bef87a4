"""Writes ``docs/map.md``: every room with its sentence, actions, events, pages and tables, read from the source.

``--check`` fails when the map is not what the source says. Nothing is imported and no database is asked.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = PROJECT / "src" / "kontor"
MAP = PROJECT / "docs" / "map.md"

FLOORS = {
    "front": "What customers and the staff who face them touch",
    "back": "What the house does with it",
    "bridge": "What both sides hold in common",
    "kernel": "Mechanisms without business nouns",
}
_HEAD = """# Map of the house

Generated from the source by `tools/map.py`; do not edit. A room is a Django app; its card (`README.md`) says more.
"""


@dataclass(slots=True)
class Room:
    """What the source says about one room."""

    name: str
    floor: str
    sentence: str = ""
    actions: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    hears: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)


def rooms(source: Path = SOURCE) -> Iterator[Room]:
    """Yield the rooms floor by floor, by name."""
    for floor in FLOORS:
        for folder in sorted((source / floor).glob("*/")):
            if (folder / "__init__.py").exists() and folder.name != "tests":
                yield _room(folder, floor)


def drawn(source: Path = SOURCE) -> str:
    """Return the whole map."""
    parts = [_HEAD]
    floor = ""
    for room in rooms(source):
        if room.floor != floor:
            floor = room.floor
            parts.append(f"## {floor}: {FLOORS[floor][0].lower()}{FLOORS[floor][1:]}\n")
        lines = [f"### {room.name}", "", *([room.sentence, ""] if room.sentence else [])]
        for title, names in (
            ("Actions", room.actions),
            ("Parts of actions", room.parts),
            ("Says", room.events),
            ("Hears", room.hears),
            ("Pages", room.pages),
            ("Tables", room.tables),
        ):
            if names:
                lines.append(f"- {title}: {', '.join(f'`{name}`' for name in names)}")
        parts.append("\n".join(lines).rstrip() + "\n")
    return "\n".join(parts)


def _room(folder: Path, floor: str) -> Room:
    room = Room(folder.name, floor, _sentence(folder))
    for tree in _trees(folder, "actions"):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                marks = {ast.unparse(mark) for mark in node.decorator_list}
                if "transaction" in marks:
                    room.actions.append(node.name)
                elif "in_transaction" in marks:
                    room.parts.append(node.name)
    for tree in _trees(folder, "events"):
        room.events += [node.name for node in _classes(tree) if _is_event(node)]
    for tree in _trees(folder, "handlers"):
        room.hears += sorted(set(_heard(tree)))
    for tree in _trees(folder, "urls"):
        room.pages += list(_pages(tree))
    for tree in _trees(folder, "models"):
        room.tables += [_table(node, folder.name) for node in _classes(tree) if _is_table(node)]
    room.actions.sort()
    room.parts.sort()
    return room


def _trees(folder: Path, module: str) -> Iterator[ast.Module]:
    files = [folder / f"{module}.py", *sorted((folder / module).glob("*.py"))]
    for file in files:
        if file.exists():
            yield ast.parse(file.read_text("utf-8"), filename=str(file))


def _sentence(folder: Path) -> str:
    card = folder / "README.md"
    text = ""
    if card.exists():
        paragraphs = re.split(r"\n\s*\n", card.read_text("utf-8"))
        text = next((part for part in paragraphs if part.strip() and not part.startswith("#")), "")
    else:
        text = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    flat = " ".join(text.split()).lstrip("- ")
    return re.split(r"(?<=[.!?])\s", flat, maxsplit=1)[0]


def _classes(tree: ast.Module) -> Iterator[ast.ClassDef]:
    return (node for node in tree.body if isinstance(node, ast.ClassDef))


def _is_event(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base).endswith("Event") for base in node.bases)


def _heard(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "on":
                    yield from (ast.unparse(argument).rsplit(".", 1)[-1] for argument in mark.args)


def _pages(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if (
            not isinstance(node, ast.Call)
            or ast.unparse(node.func) not in {"path", "re_path"}
            or not node.args
        ):
            continue
        route = node.args[0]
        if isinstance(route, ast.Call) and route.args:  # a translated address
            route = route.args[0]
        if isinstance(route, ast.Constant) and isinstance(route.value, str):
            yield f"/{route.value}"


def _is_table(node: ast.ClassDef) -> bool:
    bases = [ast.unparse(base) for base in node.bases]
    is_model = any(base.endswith("Model") or base == "AbstractBaseUser" for base in bases)
    return is_model and _option(node, "abstract") != "True"


def _table(node: ast.ClassDef, label: str) -> str:
    named = _option(node, "db_table")
    return named.strip("'\"") if named else f"{label}_{node.name.lower()}"


def _option(node: ast.ClassDef, name: str) -> str | None:
    for part in node.body:
        if isinstance(part, ast.ClassDef) and part.name == "Meta":
            for line in part.body:
                if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == name:
                    return ast.unparse(line.value)
    return None


def main(arguments: list[str]) -> int:
    """Write the map, or with ``--check`` compare it; 1 when it is stale."""
    text = drawn()
    if "--check" in arguments:
        if MAP.exists() and MAP.read_text("utf-8") == text:
            return 0
        print("docs/map.md is not what the source says. Run: python tools/map.py")
        return 1
    MAP.parent.mkdir(exist_ok=True)
    MAP.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
