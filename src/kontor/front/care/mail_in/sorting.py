"""What kind of mail came in: a person's, a machine's, a mass mail, one of our own; and what it is about."""

import re
from typing import Literal
from uuid import UUID

from django.conf import settings

from kontor.front.care.mail_in.parsing import ParsedMail

type Sort = Literal["person", "own", "bounce", "automatic", "bulk", "no_sender"]

_MACHINES = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon|mdaemon)@", re.IGNORECASE)
# Subjects of absence notes in the languages of our customers, for programmes that set no header (RFC 3834).
_ABSENT = re.compile(
    r"^\s*(?:automatische antwort|abwesenheitsnotiz|abwesend|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|"
    r"out of (?:the )?office|réponse automatique|risposta automatica|automatisch antwoord)\b",
    re.IGNORECASE,
)
_WITHDRAWAL = re.compile(r"\b(?:widerruf|widerrufe|withdrawal|withdraw from)", re.IGNORECASE)
_RETURN = re.compile(
    r"\b(?:retoure|rücksend|zurückschicken|zurücksenden|rückgabe|umtausch|send (?:it )?back|"
    r"return(?:ing)? (?:it|the|my))",
    re.IGNORECASE,
)
_COMPLAINT = re.compile(
    r"\b(?:reklamation|reklamier|beschwer|defekt|kaputt|beschädigt|mangel|funktioniert nicht|fehlt|complain|broken|"
    r"damaged|faulty|defective|does(?: not|n't) work|missing)",
    re.IGNORECASE,
)
_GERMAN = re.compile(
    r"\b(?:ich|und|nicht|das|die|der|ist|mein|sie|wir|bitte|mit|für|danke|hallo|guten)\b", re.IGNORECASE
)
_ENGLISH = re.compile(
    r"\b(?:i|and|not|the|is|my|you|we|please|with|for|thanks|hello|have|this|it)\b", re.IGNORECASE
)


def sort_of(mail: ParsedMail) -> Sort:
    """Who or what wrote a mail. What machines wrote is never answered by a machine (RFC 3834)."""
    headers = mail.headers
    if not mail.sender:
        return "no_sender"
    if ("x-kontor-mail" in headers and not mail.is_report) or mail.sender == settings.MAIL_FROM.lower():
        return "own"
    is_silent = headers.get("return-path") == "<>"
    if mail.is_report or _MACHINES.match(mail.sender) or "x-failed-recipients" in headers:
        return "bounce"
    submitted = headers.get("auto-submitted", "no")
    precedence = headers.get("precedence", "")
    if (not submitted.startswith("no") and submitted) or precedence == "auto_reply" or is_silent:
        return "automatic"
    if {"x-autoreply", "x-autorespond", "x-loop"} & headers.keys() or _ABSENT.match(mail.subject):
        return "automatic"
    if precedence in ("bulk", "junk", "list") or "list-id" in headers or "list-unsubscribe" in headers:
        return "bulk"
    return "person"


def kind_of(mail: ParsedMail, new: str) -> str:
    """What a mail is about, by its words; a clerk may see it otherwise."""
    words = f"{mail.subject}\n{new[:2000]}"
    for kind, pattern in (("withdrawal", _WITHDRAWAL), ("return", _RETURN), ("complaint", _COMPLAINT)):
        if pattern.search(words):
            return kind
    return "question"


def language_of(text: str) -> str:
    """The language to answer in: English where its small words prevail, else German."""
    return "en" if len(_ENGLISH.findall(text)) > len(_GERMAN.findall(text)) else "de"


def own_ids(references: tuple[str, ...]) -> list[UUID | None]:
    """For each Message-ID the id of our own mail that it can be; None for those of others."""
    domain = settings.MAIL_FROM.rpartition("@")[2].lower()
    found: list[UUID | None] = []
    for reference in references:
        local, _, host = reference.strip("<>").rpartition("@")
        try:
            found.append(UUID(local) if host.lower() == domain else None)
        except ValueError:
            found.append(None)
    return found
