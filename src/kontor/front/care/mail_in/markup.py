"""The words of an HTML mail as text. Nothing of the markup is ever shown: no styles, scripts, pictures, forms."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

_DROPPED = frozenset(
    {"script", "style", "head", "title", "meta", "template", "noscript", "svg", "object", "iframe"}
)
_BLOCKS = frozenset(
    "p div br tr li ul ol table h1 h2 h3 h4 h5 h6 blockquote pre hr section article header footer address dd dt".split()
)
_MOST_BYTES = 2_000_000
_DEEPEST = 200
_TAGS = re.compile(r"<[^>]{0,2000}>")


def text_of(markup: str) -> str:
    """The visible words of an HTML page; what it quotes begins its lines with “>”."""
    cut = markup.replace("\0", "")[:_MOST_BYTES].strip()
    if not cut:
        return ""
    try:
        # Never a network, never an entity of a document type: lxml's HTML parser has neither.
        tree = html.document_fromstring(
            cut.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return _tidy(_TAGS.sub(" ", cut))
    return _tidy("".join(_words(tree, depth=0, quotes=0)))


def _words(node: Any, *, depth: int, quotes: int) -> Iterator[str]:
    if not isinstance(node.tag, str) or node.tag in _DROPPED or depth > _DEEPEST or _is_hidden(node):
        return
    is_block = node.tag in _BLOCKS
    is_quote = node.tag == "blockquote"
    inside = quotes + is_quote
    if is_block:
        yield _break(inside)
    yield _flat(node.text)
    for child in node:
        yield from _words(child, depth=depth + 1, quotes=inside)
        yield _flat(child.tail)
    if is_block and node.tag != "br":
        yield _break(quotes)


def _is_hidden(node: Any) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def _break(quotes: int) -> str:
    return "\n" + "> " * min(quotes, 5)


def _flat(text: str | None) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")


def _tidy(text: str) -> str:
    lines = [re.sub(r"[ \t\xa0\u200b-\u200f\ufeff]+", " ", line).strip() for line in text.split("\n")]
    tidy: list[str] = []
    for line in lines:
        is_bare = not line.strip("> ")
        if is_bare and tidy and not tidy[-1].strip("> "):
            continue
        tidy.append(line)
    return "\n".join(tidy).strip()
