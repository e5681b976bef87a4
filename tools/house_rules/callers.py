"""What nobody calls any more is deleted."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tools.house_rules.source import Finding, SourceFile

_WORD = re.compile(r"\w+")
_READERS = (".py", ".html", ".sql", ".toml", ".typ")


def inspect_callers(files: Iterable[SourceFile]) -> Iterator[Finding]:
    """Yield the functions and classes of modules whose name stands nowhere else, in tests neither.

    What is decorated registers itself, and what Django finds by its place (``apps``, migrations) needs no caller.
    """
    files = [file for file in files if file.name.endswith(_READERS)]
    seen: Counter[str] = Counter()
    for file in files:
        seen.update(_WORD.findall(file.text))
    for file in files:
        if (
            file.floor is None
            or not file.is_python
            or file.is_test
            or file.is_migration
            or file.name == "apps.py"
        ):
            continue
        for node in file.tree.body:
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                and not node.decorator_list
                and seen[node.name] == 1
            ):
                yield file.finding(
                    "no-caller", node.lineno, f"nobody uses {node.name}: delete it", name=node.name
                )
