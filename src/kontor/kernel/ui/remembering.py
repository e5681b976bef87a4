"""``{% remember a b %}…{% endremember %}``: draw the same thing once.

The frame around a page is the same for everybody who reads the same language and sees the same few values; drawing it
anew costs more than many a page's content. What is inside may depend on nothing but the language and the values named
in the tag. Each place keeps at most 256 drawings in the process and starts anew when they are full.
"""

from collections.abc import Hashable, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.template import Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 256
_PLAIN = (str, int, Decimal)


class RememberNode(Node):
    """A part of a template that is drawn once per language and values."""

    def __init__(self, inside: NodeList, values: Sequence[FilterExpression]) -> None:
        self.nodelist = inside
        self.values = values
        self.drawn: dict[Hashable, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Return the drawing for the present language and values."""
        key = (
            get_language(),
            *[_frozen(value.resolve(context, ignore_failures=True)) for value in self.values],
        )
        drawing = self.drawn.get(key)
        if drawing is None:
            drawing = self.nodelist.render(context)
            if len(self.drawn) >= MOST:
                self.drawn.clear()
            self.drawn[key] = drawing
        return drawing


def remember(parser: Parser, token: Token) -> RememberNode:
    """Compile the tag."""
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    inside = parser.parse(("endremember",))
    parser.delete_first_token()
    return RememberNode(inside, values)


def _frozen(value: Any) -> Hashable:
    """Return what stands for a value in a key: navigations and links may come as lists and dicts.

    A page asks this of some hundred values, most of them words: those come first.
    """
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, (list, tuple)):
        return tuple([_frozen(part) for part in value])
    if isinstance(value, dict):
        return tuple([(name, _frozen(part)) for name, part in value.items()])
    if isinstance(value, Promise):
        return str(value)
    names = _names_of_parts(value.__class__)
    if names is None:
        return repr(value)
    return tuple([_frozen(getattr(value, name)) for name in names])


@cache
def _names_of_parts(kind: type) -> tuple[str, ...] | None:
    """What a dataclass consists of; nothing of other things."""
    return tuple(part.name for part in fields(kind)) if is_dataclass(kind) else None
