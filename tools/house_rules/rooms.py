"""Rooms: who may import whose rows, where transactions begin, how actions are written."""

import ast
from collections.abc import Iterator

from tools.house_rules.source import FLOORS, Finding, SourceFile

type Function = ast.FunctionDef | ast.AsyncFunctionDef

FORBIDDEN_NAMES = {"manager", "managers", "helper", "helpers", "utils", "util", "common", "misc", "data"}
_CLOCKS = {"now", "utcnow", "today", "localtime", "localdate", "time", "monotonic"}
_CARD_LINES = 20


def inspect(file: SourceFile) -> Iterator[Finding]:
    """Yield the breaches of one Python file."""
    if file.is_migration:
        return
    yield from _forbidden_names(file)
    yield from _deferred_imports(file)
    yield from _blind_excepts(file)
    if file.is_test:
        return
    yield from _foreign_models(file)
    yield from _signals_and_atomic(file)
    if file.role == "actions":
        yield from _actions(file)


def inspect_cards(paths: list[str], texts: dict[str, str]) -> Iterator[Finding]:
    """Yield rooms without a room card, or with one too long to be read."""
    rooms = set()
    for path in paths:
        parts = path.split("/")
        if parts[:2] == ["src", "kontor"] and len(parts) > 4 and parts[2] in ("front", "back", "bridge"):
            rooms.add("/".join(parts[:4]))
    for room in sorted(rooms):
        card = f"{room}/README.md"
        if f"{room}/apps.py" not in paths:
            continue
        if card not in texts:
            yield Finding(
                "room-card",
                card,
                "",
                1,
                "write the room card: purpose, words, actions, events, screens, traps",
            )
        elif len(texts[card].splitlines()) > _CARD_LINES:
            yield Finding("room-card", card, "", 1, f"a room card has at most {_CARD_LINES} lines")


def _forbidden_names(file: SourceFile) -> Iterator[Finding]:
    if file.parts[0] != "src":
        return
    for part in file.parts[2:]:
        if part.removesuffix(".py") in FORBIDDEN_NAMES:
            yield file.finding("module-name", 1, f"name {part!r} after what it holds", name=part)


def _foreign_models(file: SourceFile) -> Iterator[Finding]:
    if file.room is None or {file.role, file.parts[-1].removesuffix(".py")} & {"models", "queries"}:
        return
    for node, module in _imports(file.tree):
        parts = module.split(".")
        is_models = len(parts) >= 4 and parts[0] == "kontor" and parts[1] in FLOORS and parts[3] == "models"
        if is_models and (parts[1], parts[2]) != file.room and not _is_for_types(node, file.tree):
            yield file.finding(
                "foreign-models",
                node.lineno,
                f"read {module} through that room's queries, change it through its actions",
                name=module,
            )


def _imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name


def _is_for_types(node: ast.stmt, tree: ast.Module) -> bool:
    for block in tree.body:
        if isinstance(block, ast.If) and ast.unparse(block.test).endswith("TYPE_CHECKING"):
            return node in block.body
    return False


def _deferred_imports(file: SourceFile) -> Iterator[Finding]:
    if file.name == "conftest.py":
        return  # it makes the database and Django ready first
    for function in ast.walk(file.tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield file.finding(
                        "deferred-import", node.lineno, "import at the head of the file", name=function.name
                    )


def _blind_excepts(file: SourceFile) -> Iterator[Finding]:
    for node in ast.walk(file.tree):
        if not isinstance(node, ast.ExceptHandler) or not _is_blind(node.type):
            continue
        if not any(isinstance(inner, ast.Raise) for inner in ast.walk(node)):
            yield file.finding("blind-except", node.lineno, "name what is expected, or raise again")


def _is_blind(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(name, ast.Name) and name.id in {"Exception", "BaseException"} for name in names)


def _signals_and_atomic(file: SourceFile) -> Iterator[Finding]:
    for node, module in _imports(file.tree):
        if module.startswith(("django.db.models.signals", "django.dispatch")):
            yield file.finding("model-signals", node.lineno, "emit an event instead of a Django signal")
        if module in {"django.db.transaction", "django.db.transaction.atomic"} and file.floor not in {
            "kernel",
            "config",
        }:
            yield file.finding("atomic", node.lineno, "begin with @transaction; nothing else commits")


def _actions(file: SourceFile) -> Iterator[Finding]:
    for node in file.tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        marks = {_decorator_name(mark) for mark in node.decorator_list}
        if marks & {"transaction", "in_transaction"}:
            yield from _clock_reads(file, node)
        if "transaction" in marks:  # an entry point; parts of one are called by actions alone
            yield from _signature(file, node)
            yield from _docstring(file, node)


def _decorator_name(mark: ast.expr) -> str:
    target = mark.func if isinstance(mark, ast.Call) else mark
    return target.id if isinstance(target, ast.Name) else getattr(target, "attr", "")


def _signature(file: SourceFile, action: Function) -> Iterator[Finding]:
    if action.args.args or action.args.posonlyargs or action.args.vararg:
        yield file.finding("action-arguments", action.lineno, "actions take keywords only", name=action.name)
    names = {argument.arg for argument in action.args.kwonlyargs}
    if missing := {"by", "at"} - names:
        yield file.finding(
            "action-arguments",
            action.lineno,
            f"actions take {' and '.join(sorted(missing))}",
            name=action.name,
        )


def _clock_reads(file: SourceFile, action: Function) -> Iterator[Finding]:
    for node in ast.walk(action):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CLOCKS:
            owner = ast.unparse(node.func.value)
            if owner in {"datetime", "date", "timezone", "time", "datetime.datetime"}:
                yield file.finding(
                    "action-clock", node.lineno, "use the instant passed in as at", name=action.name
                )


def _docstring(file: SourceFile, action: Function) -> Iterator[Finding]:
    words = (ast.get_docstring(action) or "").lower()
    refuses = any(
        isinstance(node, ast.Raise)
        or (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "require"
        )
        for node in ast.walk(action)
    )
    if refuses and "raises:" not in words:
        yield file.finding(
            "action-docstring", action.lineno, "say under Raises: what it refuses", name=action.name
        )
    if not any(word in words for word in ("repeat", "twice", "again", "second time", "once")):
        yield file.finding(
            "action-docstring", action.lineno, "say what happens when it is repeated", name=action.name
        )
