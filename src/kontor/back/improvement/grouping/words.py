"""Words of a message as features: stems of German and English, pairs of them, and what both languages call alike.

Light stemming by endings, as in Savoy (2006), "Light stemming approaches for the French, Portuguese, German and
Hungarian languages", and Harman's weak stemmer for English: enough to bring "Bremse", "Bremsen", "gebremst" together.
"""

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import combinations, pairwise

_WORD = re.compile(r"[a-zäöüß0-9]+(?:'[a-z]+)?")
_MASK = re.compile(r"\[[^\]]{1,40}\]")
_LEAST_STEM = 3
_LEAST_PART = 4
_LONGEST = 40
_MOST_CONCEPTS = 12
PAIR_WEIGHT = 0.6
CONCEPT_WEIGHT = 1.2
CONCEPT_PAIR_WEIGHT = 0.8

_STOP_EN = frozenset(
    "a an the and or but if is are was were be been being am of in on at for from by with about as into than then so"
    " too very just please hi hello hey thanks thank you your i me my mine we our it its this that these those they"
    " them their he she do does did doing have has had having to can could would should will shall may might must"
    " not no nor there here what which who whom when where why how get got getting need want like know tell help"
    " i'm i've it's don't can't didn't what's won't isn't wasn't also dear regards sincerely kind".split()
)
_STOP_DE = frozenset(
    "der die das den dem des ein eine einen einem einer eines und oder aber wenn ist sind war waren sein bin bist wird"
    " werden wurde wurden worden von im in am an auf aus bei mit nach zu zum zur für über unter um durch als wie so"
    " sehr auch nur noch schon mal bitte hallo danke guten tag moin ich mich mir mein meine meinen meinem meiner wir"
    " uns unser unsere es er sie ihr ihre ihren ihrem ihrer ihnen sich dass daß da dann doch nicht kein keine keinen"
    " man hat habe haben hatte hatten kann können konnte könnte soll sollte will wollen möchte muss müssen was wer wo"
    " wann warum welche welcher welches dies diese dieser dieses diesem jetzt hier dort freundlichen grüßen gruß"
    " sehr geehrte geehrter damen herren liebe lieber vielen dank".split()
)
_ENDINGS_EN = (
    ("ations", "at"),
    ("ation", "at"),
    ("ments", "ment"),
    ("ies", "y"),
    ("ing", ""),
    ("edly", ""),
    ("ed", ""),
    ("ly", ""),
    ("es", "e"),
    ("s", ""),
)
_ENDINGS_DE = (
    "ungen",
    "ung",
    "heiten",
    "keiten",
    "heit",
    "keit",
    "lich",
    "ern",
    "ens",
    "em",
    "en",
    "er",
    "es",
)
_SHORT_DE = ("et", "te", "t", "e", "n", "s")


def features(text: str, language: str = "de") -> dict[str, float]:
    """The features of a message with their weights: each stem once, neighbouring pairs, concepts of both languages.

    What two concepts are about together (a brake, and a noise) says more than each.
    """
    words = [
        word[:_LONGEST]
        for word in _WORD.findall(_MASK.sub(" ", text.casefold().replace("’", "'")))
        if word not in _STOP_EN and word not in _STOP_DE
    ]
    stems = [stem(word, language) for word in words]
    found = dict.fromkeys(stems, 1.0)
    for first, second in pairwise(stems):
        pair = f"{first} {second}"
        found[pair] = found.get(pair, 0.0) + PAIR_WEIGHT
    concepts = sorted({f"={concept}" for word in words for concept in concepts_in(word)})[:_MOST_CONCEPTS]
    found |= dict.fromkeys(concepts, CONCEPT_WEIGHT)
    found |= {one + other: CONCEPT_PAIR_WEIGHT for one, other in combinations(concepts, 2)}
    return found


@cache
def stem(word: str, language: str = "de") -> str:
    """A word without its usual ending."""
    return _german(word) if language == "de" else _english(word)


@cache
def concepts_in(word: str) -> tuple[str, ...]:
    """What a word is about: a known stem at its beginning, or later in a German compound (Scheibenbremse).

    A known word that ends in a point in ``concepts.csv`` is meant as a whole.
    """
    found = set()
    for known, concept in _concepts():
        whole = known.removesuffix(".")
        is_it = (
            word == whole
            if known.endswith(".")
            else word.startswith(known) or (len(known) > _LEAST_PART and known in word[_LEAST_STEM:])
        )
        if is_it:
            found.add(concept)
    return tuple(sorted(found))


@cache
def _concepts() -> Sequence[tuple[str, str]]:
    text = resources.files(__package__).joinpath("concepts.csv").read_text("utf-8")
    return [
        (known.casefold(), row["concept"])
        for row in csv.DictReader(text.splitlines())
        for known in row["stems"].split()
    ]


def _english(word: str) -> str:
    word = word.removesuffix("'s")
    for ending, instead in _ENDINGS_EN:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            if not (ending == "s" and word.endswith("ss")):
                word = word[: -len(ending)] + instead
            break
    if len(word) > _LEAST_STEM and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word[:-1] if len(word) > _LEAST_PART and word.endswith("e") else word


def _german(word: str) -> str:
    word = word.replace("ä", "a").replace("ö", "o").replace("ü", "u").replace("ß", "ss")
    if word.startswith("ge") and word.endswith("t") and len(word) > len("ge") + _LEAST_PART:
        word = word[2:-1]  # participles: gebremst, geliefert
    for ending in (*_ENDINGS_DE, *_SHORT_DE):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_PART:
            return word[: -len(ending)]
    return word
