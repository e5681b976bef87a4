"""Masking: words become a signal only after whoever could be known by them is taken out of them.

Two sources: what the house knows of the writer (names, addresses, numbers, however they are spelt), and what personal
data looks like (``patterns``). What is found becomes a typed placeholder. GDPR article 5 (1) (c): data minimisation.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import override

from kontor.bridge.voice.names import GIVEN, ORDINARY, PARTICLES
from kontor.bridge.voice.patterns import GREETINGS, PATTERNS, Kind, digits
from kontor.bridge.voice.words import TOKEN, cleaned, folds

MOST_KEPT = 4_000
"""What is kept of a text, in characters."""

_FIGURES = re.compile(r"(?:(?<![^\W_])[A-Za-z]{1,3}[-–]\s?)?\d(?:[-–/.\s()]{0,2}\d){3,30}")
_SPELT = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .·_-]{1,2}[^\W\d_]){3,40}(?![^\W_])")
_RUNS = re.compile(f"([{''.join(Kind)}])(?:[ \\t,;&/+-]{{0,3}}\\1)+")
_BLANKS = re.compile(r"[ \t]+")
_LINES = re.compile(r"\s*\n\s*\n\s*")
_LONGEST_SEQUENCE = 8


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows of whoever wrote: whole names, whole address lines and cities, numbers of any kind."""

    names: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()  # what stands before the @ of their addresses
    places: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(slots=True)
class _Sought:
    """The same, as it is looked for: single parts of names, sequences of words, figures."""

    parts: dict[str, bool] = field(default_factory=dict)  # whether the part counts with a capital letter only
    sequences: dict[str, list[tuple[Kind, tuple[frozenset[str], ...]]]] = field(default_factory=dict)
    glued: set[str] = field(default_factory=set)
    halves: set[str] = field(default_factory=set)  # looked for where a name is spelt or broken
    figures: set[str] = field(default_factory=set)

    def joined(self, other: "_Sought") -> "_Sought":
        """Both."""
        sequences = {**self.sequences}
        for first, found in other.sequences.items():
            sequences[first] = [*sequences.get(first, ()), *found]
        return _Sought(
            {**other.parts, **self.parts},
            sequences,
            self.glued | other.glued,
            self.halves | other.halves,
            self.figures | other.figures,
        )


NOBODY_KNOWN = Known()


def mask(
    text: str, known: Known, *, also: Known = NOBODY_KNOWN, language: str = "de", is_typed: bool = False
) -> str:
    """The text without whoever wrote it, at most 4,000 characters; placeholders in the text's language.

    ``also``: others who may be named in it, such as the house's own staff. ``is_typed``: words of a search, where
    people write names as they write everything else; they are looked at as if they began with capitals.
    """
    clean, sought = cleaned(text), _sought(known).joined(_sought_often(also))
    if not is_typed:
        return _written(_taken_out(clean, sought), language)
    masked = _taken_out(clean.title(), sought)
    return _written(masked if any(kind in masked for kind in Kind) else clean, language)


def names_somebody(text: str) -> bool:
    """Whether a text names a person or carries an address, a number or a link."""
    clean = cleaned(text)
    return _taken_out(clean, _Sought()) != clean


def says_something(masked: str) -> bool:
    """Whether a masked text holds a word that is no placeholder."""
    for word in (*placeholders("de").values(), *placeholders("en").values()):
        masked = masked.replace(word, "")
    return any(sign.isalpha() for sign in masked)


def _taken_out(text: str, sought: _Sought) -> str:
    for pattern, found in PATTERNS:
        text = pattern.sub(found, text)
    text = _FIGURES.sub(lambda match: _number(match[0], sought.figures), text)
    text = _without_known(text, sought)
    if sought.halves:
        text = _SPELT.sub(lambda match: _spelt(match[0], sought), text)
    for pattern, found in GREETINGS:
        text = pattern.sub(found, text)
    return _without_given(text)


def _written(text: str, language: str) -> str:
    text = _LINES.sub("\n\n", _BLANKS.sub(" ", _RUNS.sub(r"\1", text))).strip()
    words = placeholders("en" if language == "en" else "de")
    text = "".join(words.get(sign, sign) for sign in text[:MOST_KEPT])
    if len(text) < MOST_KEPT:
        return text
    return text[:MOST_KEPT].rpartition(" ")[0] or text[:MOST_KEPT]


@cache
def placeholders(language: str) -> dict[str, str]:
    """What stands for whom, in a language."""
    with override(language):
        return {
            Kind.NAME: _("[name]"),
            Kind.EMAIL: _("[e-mail]"),
            Kind.PHONE: _("[phone]"),
            Kind.ADDRESS: _("[address]"),
            Kind.ACCOUNT: _("[account]"),
            Kind.CARD: _("[card]"),
            Kind.NUMBER: _("[number]"),
            Kind.LINK: _("[link]"),
            Kind.BIRTH: _("[birth date]"),
        }


@lru_cache(maxsize=4)
def _sought_often(known: Known) -> _Sought:
    return _sought(known)


def _sought(known: Known) -> _Sought:
    sought = _Sought()
    for name in known.names:
        words = TOKEN.findall(cleaned(name))
        for word in words:
            for fold in folds(word):
                if len(fold) > 1 and fold not in PARTICLES and not fold.isdecimal():
                    sought.parts[fold] = len(fold) < 3 or fold in ORDINARY
        _glue(sought, [folds(word) for word in words if not folds(word) & PARTICLES])
        if len(words) > 1:
            _add_sequence(sought, Kind.NAME, words)
    for handle in known.handles:
        words = TOKEN.findall(cleaned(handle))
        joined = "".join(words)
        if len(joined) >= 6 and not joined.isdecimal():
            sought.glued |= folds(joined)
            _add_sequence(sought, Kind.NAME, words)
    for place in known.places:
        _add_place(sought, TOKEN.findall(cleaned(place)))
    for number in known.numbers:
        figures = digits(number)
        if len(figures) >= 4:
            sought.figures.add(figures)
    return sought


def _glue(sought: _Sought, words: Sequence[frozenset[str]]) -> None:
    """Names written together, as in addresses and in users' names: annabehrens, behrensanna, abehrens."""
    for first, last in itertools.combinations(words, 2):
        for one, other in itertools.product(first, last):
            sought.glued |= {one + other, other + one, one[0] + other, other + one[0]}
    sought.halves |= {fold for word in words for fold in word if len(fold) >= 4}


def _add_place(sought: _Sought, words: Sequence[str]) -> None:
    if not words:
        return
    _add_sequence(sought, Kind.ADDRESS, words)
    name = list(words)
    while name and any(sign.isdecimal() for sign in name[-1]):
        name.pop()
    while name and any(sign.isdecimal() for sign in name[0]):
        name.pop(0)
    if name and name != list(words) and (len(name) > 1 or len(name[0]) > 3):
        _add_sequence(sought, Kind.ADDRESS, name)


def _add_sequence(sought: _Sought, kind: Kind, words: Sequence[str]) -> None:
    sequence = tuple(frozenset(_street(fold) for fold in folds(word)) for word in words[:_LONGEST_SEQUENCE])
    for first in sequence[0]:
        sought.sequences.setdefault(first, []).append((kind, sequence))


def _street(fold: str) -> str:
    for ending in ("strasse", "straße"):
        if fold.endswith(ending):
            return fold.removesuffix(ending) + "str"
    return fold


def _number(written: str, sought: set[str]) -> str:
    """A known number: whole, or a phone number without its country, its zero or its town (the last six or more)."""
    figures = digits(written)
    for one in sought:
        if (one[-8:] if len(one) > 8 else one) in figures:
            return Kind.NUMBER
        if len(one) > 8 and len(figures) >= 6 and one.endswith(figures.lstrip("0") or figures):
            return Kind.NUMBER
    return written


def _spelt(written: str, sought: _Sought) -> str:
    """A name spelt letter by letter: B e h r e n s."""
    joined = folds("".join(TOKEN.findall(written)))
    return (
        Kind.NAME if any(one in fold for fold in joined for one in sought.glued | sought.halves) else written
    )


def _without_known(text: str, sought: _Sought) -> str:
    if not (sought.parts or sought.sequences):
        return text
    words = [(match.start(), match.end(), folds(match[0])) for match in TOKEN.finditer(text)]
    marks: list[tuple[int, int, Kind]] = []
    place = 0
    while place < len(words):
        found = _sequence_at(text, words, place, sought) or _part_at(text, words, place, sought)
        if found is None:
            place += 1
            continue
        kind, count = found
        marks.append((words[place][0], words[place + count - 1][1], kind))
        place += count
    return _marked(text, marks)


def _sequence_at(
    text: str, words: Sequence[tuple[int, int, frozenset[str]]], place: int, sought: _Sought
) -> tuple[Kind, int] | None:
    best: tuple[Kind, int] | None = None
    for fold in {_street(one) for one in words[place][2]}:
        for kind, sequence in sought.sequences.get(fold, ()):
            here = words[place : place + len(sequence)]
            if len(here) < len(sequence) or here[-1][0] - here[0][1] > 80 + len(text) // 1000:
                continue
            if all(
                {_street(one) for one in word[2]} & wanted
                for word, wanted in zip(here, sequence, strict=True)
            ) and (best is None or len(sequence) > best[1]):
                if len(sequence) == 1 and fold in ORDINARY and not text[here[0][0]].isupper():
                    continue
                best = (kind, len(sequence))
    return best


def _part_at(
    text: str, words: Sequence[tuple[int, int, frozenset[str]]], place: int, sought: _Sought
) -> tuple[Kind, int] | None:
    start, end, spellings = words[place]
    for fold in spellings:
        for candidate in (fold, fold[:-1] if fold.endswith("s") and len(fold) > 4 else fold):
            needs_capital = sought.parts.get(candidate)
            if needs_capital is False or (needs_capital and text[start].isupper()):
                return Kind.NAME, 1
        if len(fold) >= 6 and any(one in fold for one in sought.glued if len(one) >= 6):
            return Kind.NAME, 1
    # Two halves of a name, parted by a hyphen at the end of a line: Beh-rens.
    if place + 1 < len(words) and words[place + 1][0] - end <= 3 and "-" in text[end : words[place + 1][0]]:
        halves = {one + other for one in spellings for other in words[place + 1][2]}
        if halves & (sought.glued | sought.halves):
            return Kind.NAME, 2
    return None


def _marked(text: str, marks: Sequence[tuple[int, int, Kind]]) -> str:
    parts, at = [], 0
    for start, end, kind in marks:
        parts += [text[at:start], kind]
        at = end
    return "".join([*parts, text[at:]])


def _without_given(text: str) -> str:
    """Given names that everybody knows, and the name that follows one: Peter Schmidt."""
    marks: list[tuple[int, int, Kind]] = []
    words = _capitalised(text)
    last: re.Match[str] | None = None
    for word in words:
        is_given = bool(folds(word[0]) & GIVEN)
        if is_given or (last is not None and _follows(text, last, word)):
            marks.append((word.start(), word.end(), Kind.NAME))
        last = word if is_given else None
    return _marked(text, marks)


_NAME_LIKE = re.compile(r"(?<![^\W_])[A-ZÀ-ÖØ-ÞŁŚŠŽŻČĆĐĞİ][^\W\d_]+")


def _capitalised(text: str) -> Iterator[re.Match[str]]:
    return _NAME_LIKE.finditer(text)


def _follows(text: str, given: re.Match[str], word: re.Match[str]) -> bool:
    """Whether a capitalised word stands right behind a given name and is no noun of a German sentence."""
    return text[given.end() : word.start()] in (" ", "-", "  ") and not folds(word[0]) & PARTICLES
