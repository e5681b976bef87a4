"""The words people see: is every English sentence of the source there in German, once, whole and with its placeholders?

``--check`` fails where one is missing, fuzzy, obsolete, doubled, has other placeholders, or equals the English one
without being listed in ``tools/same_in_german.txt``. ``--missing [PATH…]`` prints what is missing, ready to be filled
in and put into ``src/kontor/locale/de/parts/<room>.po``. Without arguments the catalogue is compiled.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "src"))

from kontor.config.catalogue import PARTS, Message, ensure_compiled, read_parts  # noqa: E402

SAME_IN_GERMAN = PROJECT / "tools" / "same_in_german.txt"

_PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop", "gettext_now"}
_COUNTED = {"ngettext", "ngettext_lazy"}
_IN_CONTEXT = {"pgettext", "pgettext_lazy"}
_COUNTED_IN_CONTEXT = {"npgettext", "npgettext_lazy"}
_NAMES = _PLAIN | _COUNTED | _IN_CONTEXT | _COUNTED_IN_CONTEXT
_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"(?<![A-Za-z])(_|n?p?gettext)\(({_STRING}(?:,\s*{_STRING})*)(?:,\s*count)?\)", re.DOTALL)
_PLACEHOLDER = re.compile(r"%(?:\((\w+)\)|%|)([sdrf]?)")
_NAMED = re.compile(r"%\((\w+)\)")

type Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Use:
    """A sentence as the source uses it, and where."""

    key: Key
    place: str


def uses_in(root: Path) -> Iterator[Use]:
    """Yield every translatable sentence of the Python files and templates under ``root``; tests have none."""
    for file in sorted(root.rglob("*.py")):
        if not {"tests", "migrations"} & set(file.parts):
            yield from _uses_in_python(file)
    for pattern in ("*.html", "*.txt", "*.typ"):
        for file in sorted(root.rglob(pattern)):
            if "templates" in file.parts and "tests" not in file.parts:
                yield from _uses_in_template(file)


def problems(uses: Iterable[Use], messages: Iterable[Message], same: frozenset[str]) -> list[str]:
    """Return what is wrong between source and catalogue, one line each; nothing when all is well."""
    found = []
    places: dict[Key, str] = {}
    for use in uses:
        places.setdefault(use.key, use.place)
    known: dict[Key, Message] = {}
    for message in messages:
        if message.is_fuzzy:
            found.append(f"{message.place}: fuzzy: {message.english!r}")
        if message.key not in places:
            found.append(f"{message.place}: obsolete, the source no longer says {message.english!r}")
        earlier = known.setdefault(message.key, message)
        if earlier.german != message.german:
            found.append(f"{message.place}: translated otherwise at {earlier.place}: {message.english!r}")
        found += _wrong_words(message, same)
    for key, place in places.items():
        if key not in known or not known[key].is_translated:
            found.append(f"{place}: no German for {key[1]!r}")
    return found


def skeleton(uses: Iterable[Use], messages: Iterable[Message]) -> str:
    """Return the missing messages as catalogue entries with empty German forms."""
    known = {message.key for message in messages if message.is_translated}
    blocks: dict[Key, str] = {}
    for use in uses:
        context, english, plural = use.key
        if use.key not in known:
            lines = [f"#: {use.place}"]
            lines += [f"msgctxt {_quoted(context)}"] if context else []
            lines += [f"msgid {_quoted(english)}"]
            lines += (
                [f"msgid_plural {_quoted(plural)}", 'msgstr[0] ""', 'msgstr[1] ""']
                if plural
                else ['msgstr ""']
            )
            blocks.setdefault(use.key, "\n".join(lines))
    return "\n\n".join(blocks.values())


def sentences_same_in_german() -> frozenset[str]:
    """Return the sentences that may be the same in both languages."""
    lines = SAME_IN_GERMAN.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _wrong_words(message: Message, same: frozenset[str]) -> Iterator[str]:
    if not message.is_translated:
        return
    for number, german in enumerate(message.german):
        english = message.plural if number and message.plural else message.english
        if german == english and english not in same and _NAMED.sub("", english).strip(" .,:%()"):
            yield f"{message.place}: the German text equals the English one: {english!r}"
        missing = set(_NAMED.findall(english)) ^ set(_NAMED.findall(german))
        if missing - ({"count"} if message.plural else set()):
            yield f"{message.place}: other placeholders than {english!r}"
        if _NAMED.search(english) and not _can_be_filled(german):
            yield f"{message.place}: a percent sign stands alone in {german!r}; write it twice"


def _can_be_filled(text: str) -> bool:
    return all(name or kind or found == "%%" for found, name, kind in _found_percents(text))


def _found_percents(text: str) -> Iterator[tuple[str, str, str]]:
    for match in _PLACEHOLDER.finditer(text):
        yield match[0], match[1] or "", match[2] if match[1] else ""


def _uses_in_python(file: Path) -> Iterator[Use]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"), filename=str(file))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in _NAMES:
            texts = [
                argument.value
                for argument in node.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            ]
            if key := _key(name, texts):
                yield Use(
                    key,
                    f"{file.relative_to(PROJECT) if file.is_relative_to(PROJECT) else file}:{node.lineno}",
                )


def _uses_in_template(file: Path) -> Iterator[Use]:
    text = templatize(file.read_text("utf-8"))
    for match in _CALL.finditer(text):
        texts = [ast.literal_eval(literal) for literal in re.findall(_STRING, match[2], re.DOTALL)]
        if match[1] == "_":  # Django doubles percent signs of constants in tags when it looks them up
            texts = [literal.replace("%", "%%") for literal in texts]
        if key := _key(match[1], texts):
            line = text.count("\n", 0, match.start()) + 1
            yield Use(key, f"{file.relative_to(PROJECT) if file.is_relative_to(PROJECT) else file}:{line}")


def _key(name: str, texts: list[str]) -> Key | None:
    if name in _PLAIN and texts and texts[0]:
        return "", texts[0], ""
    if name in _COUNTED and len(texts) >= 2:
        return "", texts[0], texts[1]
    if name in _IN_CONTEXT and len(texts) >= 2:
        return texts[0], texts[1], ""
    if name in _COUNTED_IN_CONTEXT and len(texts) >= 3:
        return texts[0], texts[1], texts[2]
    return None


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def main(arguments: list[str]) -> int:
    """Compile, check, or print what is missing; returns 1 when the check fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail on anything missing or wrong")
    parser.add_argument(
        "--missing", nargs="*", metavar="PATH", help="print untranslated sentences (of these folders)"
    )
    options = parser.parse_args(arguments)
    settings.configure()
    messages = read_parts(PARTS)
    if options.missing is not None:
        roots = [Path(path).resolve() for path in options.missing] or [PROJECT / "src"]
        print(skeleton([use for root in roots for use in uses_in(root)], messages))
        return 0
    if options.check:
        found = problems(uses_in(PROJECT / "src"), messages, sentences_same_in_german())
        print("\n".join([*found, f"{len(messages)} German messages, {len(found)} to be mended."]))
        return 1 if found else 0
    ensure_compiled()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
