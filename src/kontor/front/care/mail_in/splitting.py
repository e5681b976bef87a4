"""What of a mail's text is new, and what it only repeats: quoted mails, their heads, signatures.

Nothing is lost: what is not new is handed back as well, for folding away. Rules, no guessing by statistics; they are
measured on real mails in ``tests/test_mail_in_corpus.py``.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_WROTE = (
    r"wrote|writes|schrieb|schreef|a écrit|ha scritto|escribió|escreveu|napisał(?:\(a\)|a)?|kirjoitti|skrev|írta|"
    r"написал(?:а)?|пишет|napsal(?:a)?|yazdı"
)
_VERB = re.compile(rf"(?<!\w)(?:{_WROTE})\b", re.IGNORECASE)
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}")
_ADDRESS = re.compile(r"[^\s<>@\[(]+@[^\s<>@\])]+")
_LABELS = (
    r"from|von|de|da|van|od|från|fra|sent|gesendet|envoyé(?: le)?|inviato|verzonden|wysłano|skickat|date|datum|data|"
    r"fecha|to|an|à|a|aan|para|do|till|til|cc|kopie|copie à|subject|betreff|objet|oggetto|onderwerp|sujet|asunto|"
    r"assunto|temat|ämne|emne|от|отправлено|кому|тема|message du|reply-to|antwort an"
)
_HEAD_LINE = re.compile(rf"^[\s>*_]*({_LABELS})\s*:\s*(?:\*|\s)*\S?", re.IGNORECASE)
_FIRST_LABELS = re.compile(r"^[\s>*_]*(?:from|von|de|da|van|od|från|fra|от|message du)\s*:", re.IGNORECASE)
_FORWARDED = re.compile(
    r"^[\s>]*[-_*]{2,}\s*(?:original message|original-?nachricht|ursprüngliche (?:nachricht|e-mail)|"
    r"(?:forwarded|weitergeleitete) (?:message|nachricht)|anfang der weitergeleiteten .{0,20}|message d'origine|"
    r"mensaje original|messaggio originale|oorspronkelijk bericht)\s*[-_*]{2,}\s*$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^\s?(?:--|—|_{2,})\s*$")
_SENT_FROM = re.compile(
    r"^\s*(?:sent (?:from|with|via|a)\b|von (?:meinem|meiner)\b.{0,40}\bgesendet|gesendet (?:von|mit|aus)\b|"
    r"diese (?:nachricht|mail) wurde\b.{0,60}\bgesendet|envoyé (?:de|depuis|à partir)\b|get outlook\b|"
    r"holen sie sich outlook\b|outlook für\b|inviato da\b|enviado desde\b|verstuurd vanaf\b)[^.?!]{0,80}\S{0,40}\s*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"^\s*(?:[-_=*]\s?){3,}\s*$")
_MOST_HEAD_LINES = 4
_MOST_SIGNATURE_LINES = 14


class Split(NamedTuple):
    """The new words of a mail, and everything else that stood in it."""

    new: str
    rest: str


def split(text: str) -> Split:
    """Part what somebody wrote now from what the mail repeats. A mail of quotes only is new as a whole."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    quoted = _quoted(lines)
    head = _head_at(lines, quoted)
    kept, rest = _parted(lines, quoted, head)
    kept, signature = _without_signature(kept)
    new = "\n".join(_without_rules(kept)).strip()
    if not new:
        return Split(text.strip(), "")
    return Split(new, "\n".join([*signature, *rest]).strip())


def _quoted(lines: Sequence[str]) -> list[bool]:
    """Which lines are quoted; what a mail programme wrapped between two quoted lines is quoted, too."""
    marks = [line.lstrip().startswith(">") for line in lines]
    start = None
    for place, line in enumerate(lines):
        if marks[place]:
            if start is not None and all(entry.strip() for entry in lines[start + 1 : place]):
                for between in range(start + 1, place):
                    marks[between] = True
            start = place
        elif not line.strip():
            start = None
    return marks


def _head_at(lines: Sequence[str], quoted: Sequence[bool]) -> tuple[int, int] | None:
    """Where the head of a quoted mail begins and ends: “On … wrote:”, “Von: … Gesendet: …”, “Original Message”."""
    for place, line in enumerate(lines):
        if quoted[place] or not line.strip():
            continue
        if _FORWARDED.match(line):
            return place, place + 1
        if _FIRST_LABELS.match(line) and (length := _head_block(lines[place : place + 8])):
            return place, place + length
        if length := _wrote_line(lines, quoted, place):
            return place, place + length
    return None


def _head_block(lines: Sequence[str]) -> int:
    """How many lines a block of mail headers has; 0 where this is none (two more labels must follow the first)."""
    found: dict[str, int] = {}
    for place, line in enumerate(lines):
        match = _HEAD_LINE.match(line)
        if match:
            found.setdefault(match[1].lower(), place)
        elif line.strip() and place > 0 and len(found) >= 3:
            break
    return max(found.values()) + 1 if len(found) >= 3 else 0


def _wrote_line(lines: Sequence[str], quoted: Sequence[bool], place: int) -> int:
    """How many lines say who wrote when; 0 for none. A sentence that merely says so has no date behind it."""
    joined = ""
    for length in range(1, _MOST_HEAD_LINES + 1):
        if place + length > len(lines) or quoted[place + length - 1]:
            return 0
        line = lines[place + length - 1].strip()
        if not line:
            return 0
        joined = f"{joined} {line}".strip().lstrip("-– ")
        if len(joined) > 300:
            return 0
        if _is_head(joined):
            # The words before it may stand right above: the head begins as late as it can, yet with its date.
            is_late = any(
                _is_head(" ".join(line.strip() for line in lines[place + skip : place + length]))
                and not re.search(r"\d", " ".join(lines[place : place + skip]))
                for skip in range(1, length)
            )
            return 0 if is_late else length
    return 0


def _is_head(joined: str) -> bool:
    has_date = re.search(r"\d", joined) is not None
    if not has_date or joined[:1] in "*•#":
        return False
    ends = joined.endswith(":")
    if (verb := _VERB.search(joined)) is not None:
        at_end = ends or joined[verb.end() :].strip() == ""
        has_year = re.search(r"\b\d{4}\b|\d{1,2}[./-]\d{1,2}", joined) is not None
        return at_end and (has_year or _TIME.search(joined) is not None)
    return ends and _TIME.search(joined) is not None and _ADDRESS.search(joined) is not None


def _parted(
    lines: Sequence[str], quoted: Sequence[bool], head: tuple[int, int] | None
) -> tuple[list[str], list[str]]:
    begins, ends = head or (_first(quoted), _first(quoted))
    before, after = list(lines[:begins]), list(lines[ends:])
    marks = list(quoted[ends:])
    if not any(marks):
        # A head and no marks: all below is the old mail. No head and no marks: all is new.
        return (before, [*lines[begins:]]) if head else (list(lines), [])
    last = max(place for place, mark in enumerate(marks) if mark)
    first = marks.index(True)
    between = [line for line, mark in zip(after[first:last], marks[first:last], strict=True) if not mark]
    tail, signature = _without_signature(after[last + 1 :])
    if any(line.strip() for line in between):
        # Answered point by point: the quotes say to what.
        return [*lines[: ends + last + 1], *tail], signature
    if any(line.strip() for line in tail):
        return [*before, *tail], [*lines[begins : ends + last + 1], *signature]
    return before, [*lines[begins:]]


def _first(quoted: Sequence[bool]) -> int:
    return quoted.index(True) if True in quoted else len(quoted)


def _without_signature(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines without a signature at their end, and the signature."""
    kept = list(lines)
    is_code = False
    above, below = 0, sum(1 for line in kept if line.strip())  # lines with words
    for place, line in enumerate(kept):
        is_code ^= line.startswith("```")
        below -= bool(line.strip())
        if above and below <= _MOST_SIGNATURE_LINES and not is_code:
            most = _MOST_SIGNATURE_LINES if _SIGNATURE.match(line) else 3 if _SENT_FROM.match(line) else -1
            if below <= most:
                return kept[:place], kept[place:]
        above += bool(line.strip())
    return kept, []


def _without_rules(lines: Sequence[str]) -> list[str]:
    """Without the lines that divide the new words from the old ones."""
    kept = list(lines)
    while kept and (not kept[-1].strip() or _RULE.match(kept[-1])):
        kept.pop()
    return kept
