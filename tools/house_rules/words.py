"""Words: sentences for people, no markup in Python, no leftovers, no traces of one machine."""

import ast
import re
from collections.abc import Iterator

from tools.house_rules.source import Finding, SourceFile

_GETTEXT = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "gettext_now",
}
_TAG = re.compile(
    r"</?(?:a|abbr|b|br|button|code|dd|div|dl|dt|em|fieldset|form|h[1-6]|hr|i|img|input|label|li|main|nav|ol|option"
    r"|p|pre|section|select|small|span|strong|table|tbody|td|textarea|th|thead|tr|ul)(?:\s+[a-z-]+=[^>]*)?\s*/?>"
)
_SENTENCE_END = re.compile(r"[.!?…][”\"')]*(?:\s|$)")
# Put together from pieces, so that this file does not break its own rule.
_LEFTOVERS = re.compile(
    r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "NotImplemented" + "Error")) + r")\b"
)
_BOAST = "success" + "fully"
_HOSTS = tuple(
    name + ending
    for name, ending in (
        ("py" + "pi", ".org"),
        ("python" + "hosted", ".org"),
        ("npm" + "js", ".com"),
        ("npm" + "js", ".org"),
        ("crates" + "", ".io"),
        ("ruby" + "gems", ".org"),
        ("debian", ".org/debian"),
        ("proxy.go" + "lang", ".org"),
    )
)
_MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|root|tmp)/[\w.~-]")

_IN_TEMPLATES = (
    (
        "inline-style",
        re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
        "put the style into the room's style sheet",
    ),
    (
        "inline-script",
        re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)", re.IGNORECASE),
        "put the script into a module",
    ),
    (
        "inline-script",
        re.compile(r"\son[a-z]+\s*=\s*[\"']|\shx-on|javascript:|[\"']js:", re.IGNORECASE),
        "listen in a module; the page's policy forbids this",
    ),
)


def inspect_python(file: SourceFile) -> Iterator[Finding]:
    """Yield the breaches of one Python file."""
    if file.is_migration or file.is_test:
        return
    yield from _eager_messages(file)
    documented = {id(node) for node in _docstrings(file.tree)}
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            if file.floor and _TAG.search(node.value):
                yield file.finding("html-in-python", node.lineno, "write markup in a template")
        elif isinstance(node, ast.Call):
            yield from _message(file, node)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            if _is_glued(node):
                yield file.finding(
                    "glued-message", node.lineno, "translate the whole sentence, with placeholders"
                )
        elif isinstance(node, ast.ClassDef) and any("Refusal" in ast.unparse(base) for base in node.bases):
            yield from _refusal(file, node)


def inspect_template(file: SourceFile) -> Iterator[Finding]:
    """Yield the breaches of one template."""
    for number, line in enumerate(file.lines, start=1):
        for rule, pattern, advice in _IN_TEMPLATES:
            if pattern.search(line):
                yield file.finding(rule, number, advice)


def inspect_text(file: SourceFile) -> Iterator[Finding]:
    """Yield leftovers and traces of one machine in any text of the project."""
    for number, line in enumerate(file.lines, start=1):
        if file.is_python or file.is_template:
            if _LEFTOVERS.search(line):
                yield file.finding(
                    "leftover", number, "finish it, or say in docs/status.md what does not stand yet"
                )
            if _BOAST in line.lower():
                yield file.finding("boast", number, "say what is now true")
        if any(host in line for host in _HOSTS):
            yield file.finding("registry-host", number, "name no registry; the client knows its own")
        if _MACHINE_PATH.search(line):
            yield file.finding("machine-path", number, "no path of one machine belongs into the project")


def _is_glued(node: ast.BinOp) -> bool:
    sides = (node.left, node.right)
    translated = [isinstance(side, ast.Call) and _is_gettext(side) for side in sides]
    # A line break after a whole sentence is layout, not grammar.
    breaks = [isinstance(side, ast.Constant) and not str(side.value).strip() for side in sides]
    return any(translated) and not any(breaks)


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr):
                yield first.value


def _is_gettext(call: ast.Call) -> bool:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    return name in _GETTEXT


def _eager_messages(file: SourceFile) -> Iterator[Finding]:
    """Sentences translated while the file is imported stay in the language of that moment."""
    eager = {
        alias.asname or alias.name
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in {"gettext", "ngettext", "pgettext", "npgettext"}
    }
    waiting: list[ast.AST] = [*file.tree.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in eager:
            yield file.finding("eager-message", node.lineno, "use gettext_lazy outside functions")
        waiting.extend(ast.iter_child_nodes(node))


def _message(file: SourceFile, call: ast.Call) -> Iterator[Finding]:
    if not _is_gettext(call) or not call.args:
        return
    text = call.args[0]
    if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
        return
    if text.value != text.value.strip():
        yield file.finding("glued-message", call.lineno, "no space at the edge: translate the whole sentence")
    if re.search(r"%[sdrf]", text.value):
        yield file.finding("unnamed-placeholder", call.lineno, "name the placeholder: %(number)s")
    if len(_SENTENCE_END.findall(text.value)) > 1 and not _SENTENCE_END.search(text.value[-3:]):
        yield file.finding("broken-sentence", call.lineno, "end the last sentence too")


def _refusal(file: SourceFile, node: ast.ClassDef) -> Iterator[Finding]:
    for part in node.body:
        if not isinstance(part, ast.Assign) or getattr(part.targets[0], "id", "") != "message":
            continue
        text = part.value.args[0] if isinstance(part.value, ast.Call) and part.value.args else None
        if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
            continue
        ends = _SENTENCE_END.findall(text.value)
        if len(ends) < 2 or not _SENTENCE_END.search(text.value[-3:]):
            yield file.finding(
                "refusal-words",
                part.lineno,
                "say what is so, then what to do: two whole sentences",
                name=node.name,
            )
