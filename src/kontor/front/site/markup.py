"""What people write becomes HTML: CommonMark with tables, without raw HTML, pictures and foreign code.

Facts of the house are written as ``[[name]]`` in a line, or as a paragraph of their own (``[[imprint]]``); they are
replaced when the page is drawn, so that they are never out of date. Nothing else is a template: what is written cannot
ask the program for anything.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kontor.kernel.doors import is_behind_shut_door
from kontor.kernel.house import standing

_FACT = re.compile(r"\[\[([a-z-]{2,24})\]\]")
_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&])")
MOST_CHARACTERS = 60_000

type Draw = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Question:
    """A heading of the second level with what stands below it."""

    id: str
    words: str
    answer: SafeString
    plain: str


_READER = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table").disable("image")


@lru_cache(maxsize=128)
def _tokens(text: str) -> tuple[Token, ...]:
    tokens = _READER.parse(text[:MOST_CHARACTERS])
    for token in tokens:
        # The page has its own heading of the first level; what people write begins below it.
        if token.type in ("heading_open", "heading_close") and token.tag == "h1":
            token.tag = "h2"
        if token.type == "table_open":
            token.attrs["class"] = "table"
        for inner in token.children or ():
            if inner.type == "link_open" and str(inner.attrs.get("href", "")).startswith(("http:", "https:")):
                inner.attrs["rel"] = "noopener"
    return tuple(tokens)


def _render(tokens: Sequence[Token]) -> SafeString:
    html = str(_READER.renderer.render(_open_only(tokens), _READER.options, {}))
    return mark_safe(html)  # noqa: S308 - every character people wrote was escaped by the reader


def _open_only(tokens: Sequence[Token]) -> list[Token]:
    """The tokens; a link to what lies behind a shut door is words only."""
    if not standing().shut_doors:
        return list(tokens)
    return [
        token.copy(children=list(_open_links(token.children))) if token.children else token
        for token in tokens
    ]


def _open_links(children: Sequence[Token]) -> Iterator[Token]:
    is_shut = False
    for child in children:
        if child.type == "link_open":
            is_shut = is_behind_shut_door(str(child.attrs.get("href", "")))
        if not (is_shut and child.type in ("link_open", "link_close")):
            yield child


def _blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The paragraphs, lists, tables … of a text, one by one."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if not token.level and token.nesting <= 0:
            yield block
            block = []


def _drawn(tokens: Sequence[Token], draw: Draw) -> SafeString:
    """The HTML of tokens; a paragraph that is nothing but ``[[part]]`` is drawn, a table gets a frame to scroll in."""
    found: list[str] = []
    for block in _blocks(tokens):
        part = _FACT.fullmatch(block[1].content) if block[0].type == "paragraph_open" else None
        if part:
            found.append(draw(part[1]))
        elif block[0].type == "table_open":
            found.append(render_to_string("site/parts/table.html", {"table": _render(block)}))
        else:
            found.append(_render(block))
    return mark_safe("".join(found))  # noqa: S308 - drawings of templates and escaped words


def with_facts(text: str, facts: Mapping[str, str]) -> str:
    """Facts in a line, escaped so that a name with a star in it stays a name with a star in it."""
    return _FACT.sub(
        lambda found: _PUNCTUATION.sub(r"\\\1", facts[found[1]]) if found[1] in facts else found[0], text
    )


def facts_of(firm: Any) -> dict[str, str]:
    """What ``[[…]]`` in a line stands for: the house (a row of ``parties.House``) as it is now; "…" for a blank."""
    known = {
        "name": firm.name,
        "street": firm.street,
        "postal-code": firm.postal_code,
        "city": firm.city,
        "phone": firm.phone,
        "email": firm.email,
        "website": firm.website,
        "payment-days": str(firm.payment_days),
        "handling-days": str(firm.handling_days),
    }
    return {name: fact or "…" for name, fact in known.items()}


def plain(text: str, facts: Mapping[str, str]) -> str:
    """A title or teaser with the facts of the house."""
    return _FACT.sub(lambda found: facts.get(found[1], found[0]), text)


def to_html(text: str, facts: Mapping[str, str], draw: Draw) -> SafeString:
    """A text as safe HTML; ``draw`` returns the HTML of a part such as ``imprint``, empty for one it does not know."""
    return _drawn(_tokens(with_facts(text, facts)), draw)


def questions_in(text: str, facts: Mapping[str, str], draw: Draw) -> tuple[SafeString, list[Question]]:
    """A text of questions (headings of the second level): what stands before them, then each with its answer."""
    tokens = _tokens(with_facts(text, facts))
    starts = [
        place for place, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"
    ]
    found: list[Question] = []
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        words = _words(tokens[start + 1])
        answer = tokens[start + 3 : end]
        said = " ".join(_words(token) for token in answer if token.type == "inline")
        name = f"{slugify(words)[:60] or 'question'}-{len(found) + 1}"
        found.append(Question(name, words, _drawn(answer, draw), said))
    before = tokens[: starts[0]] if starts else tokens
    return _drawn(before, draw), found


def _words(token: Token) -> str:
    if not token.children:
        return token.content
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children
    )


def first_words(text: str, facts: Mapping[str, str], *, most: int = 155) -> str:
    """The beginning of a text without markup, for search engines and feeds."""
    said = " ".join(
        _words(token)
        for token in _tokens(with_facts(_PARTS_ALONE.sub("", text), facts))
        if token.type == "inline"
    )
    return said if len(said) <= most else said[: most - 1].rsplit(" ", 1)[0] + "…"


_PARTS_ALONE = re.compile(r"^\[\[[a-z-]+\]\]\s*$", re.MULTILINE)


def to_plain(text: str, facts: Mapping[str, str], *, base_url: str) -> str:
    """A text for a mail: headings in lines of their own, items with a dash, links with their address."""
    rows: list[str] = []
    in_item = False
    for token in _tokens(with_facts(_PARTS_ALONE.sub("", text), facts)):
        if token.type == "list_item_open":
            in_item = True
        elif token.type == "heading_open":
            rows.append("")
        elif token.type == "inline":
            rows.append(f"- {_linked(token, base_url)}" if in_item else f"{_linked(token, base_url)}\n")
            in_item = False
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            rows.append("")
    return "\n".join(rows).strip()


def _linked(token: Token, base_url: str) -> str:
    """The words of a line; an address follows its words in angle brackets (RFC 3986, appendix C)."""
    parts, address = [], ""
    for child in token.children or ():
        if child.type == "link_open":
            address = str(child.attrs.get("href", ""))
        elif child.type == "link_close":
            parts.append(f" <{base_url if address.startswith('/') else ''}{address}>")
        else:
            parts.append("\n" if child.type in ("softbreak", "hardbreak") else child.content)
    return "".join(parts)
