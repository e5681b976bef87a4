"""One broken rule of an electronic invoice."""

from typing import NamedTuple


class Violation(NamedTuple):
    """``rule`` is the official id (BR-CO-15, BR-DE-2, XSD, XML), ``text`` says it in words, ``location`` is a path."""

    rule: str
    text: str
    location: str
