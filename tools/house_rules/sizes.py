"""Sizes: files, functions, classes and parameter lists that can be held in mind."""

import ast
from collections.abc import Iterator

from tools.house_rules.source import Finding, SourceFile

FILE_LINES = 500
FUNCTION_LINES = 60
CLASS_LINES = 200
CLASS_METHODS = 15
PARAMETERS = 6
PAGE_LINES = 120


def inspect(file: SourceFile) -> Iterator[Finding]:
    """Yield what is too large in one Python file or template."""
    if file.is_migration:
        return
    if file.is_template:
        if len(file.lines) > PAGE_LINES:
            yield file.finding("page-length", 1, f"{len(file.lines)} lines; a page has at most {PAGE_LINES}")
        return
    if len(file.lines) > FILE_LINES:
        yield file.finding("file-length", 1, f"{len(file.lines)} lines; a file has at most {FILE_LINES}")
    for node in ast.walk(file.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _function(file, node)
        elif isinstance(node, ast.ClassDef) and not file.is_test:
            yield from _class(file, node)


def _function(file: SourceFile, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Finding]:
    lines = _lines(node)
    if lines > FUNCTION_LINES:
        yield file.finding(
            "function-length",
            node.lineno,
            f"{lines} lines; a function has at most {FUNCTION_LINES}",
            name=node.name,
        )
    positional = [*node.args.posonlyargs, *node.args.args]
    count = len(positional) - (1 if positional and positional[0].arg in {"self", "cls"} else 0)
    # Keyword-only arguments of actions are named at every call, so they do not count.
    count += 0 if _is_action(node) or file.is_test else len(node.args.kwonlyargs)
    if count > PARAMETERS and not (file.is_test and _is_test_function(node)):
        yield file.finding(
            "parameters",
            node.lineno,
            f"{count} parameters; a function has at most {PARAMETERS}",
            name=node.name,
        )


def _class(file: SourceFile, node: ast.ClassDef) -> Iterator[Finding]:
    methods = sum(_is_method(part) for part in node.body)
    if methods > CLASS_METHODS:
        yield file.finding(
            "class-size",
            node.lineno,
            f"{methods} methods; a class has at most {CLASS_METHODS}",
            name=node.name,
        )
    if _lines(node) > CLASS_LINES:
        yield file.finding(
            "class-size",
            node.lineno,
            f"{_lines(node)} lines; a class has at most {CLASS_LINES}",
            name=node.name,
        )


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _is_method(part: ast.stmt) -> bool:
    """Operators and properties are the words of a value, not its size."""
    if not isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) or part.name.startswith("__"):
        return False
    return not any("property" in ast.unparse(mark) for mark in part.decorator_list)


def _is_action(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(mark) in {"transaction", "in_transaction"} for mark in node.decorator_list)


def _is_test_function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return node.name.startswith("test_")  # pytest fills these in
