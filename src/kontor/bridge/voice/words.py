"""Words of a text and what they are alike: case, umlauts and diacritics do not count."""

import html
import re
import unicodedata

MOST_READ = 20_000
"""What is read of a text, in characters: nobody writes more by hand, and a case holds no more."""

TOKEN = re.compile(r"[^\W_]+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
_OWN_MARKS = re.compile("[\ue000-\uf8ff]")
_WRITTEN_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "œ": "oe"}
)
_LEFT_OUT = str.maketrans({"ß": "ss", "æ": "a", "ø": "o", "œ": "o", "đ": "d", "ł": "l", "ı": "i"})


def cleaned(text: str) -> str:
    """The text as it is read: composed, without signs that are not seen, at most ``MOST_READ`` characters."""
    text = text[: MOST_READ * 2]
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    text = unicodedata.normalize("NFKC", text)
    text = "".join(
        sign
        for sign in text
        if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Cn", "Co")
    )
    return _OWN_MARKS.sub("", text)[:MOST_READ]


def folds(word: str) -> frozenset[str]:
    """The spellings of a word that count as the same: Müller is mueller and muller."""
    lower = word.lower()
    if lower.isascii():
        return frozenset((lower,))
    plain = unicodedata.normalize("NFKD", lower.translate(_LEFT_OUT))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    written = unicodedata.normalize("NFKD", lower.translate(_WRITTEN_OUT))
    written = "".join(sign for sign in written if not unicodedata.combining(sign))
    return frozenset((plain, written))
