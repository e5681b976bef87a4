"""What personal data looks like in a text: mail, phone, accounts, cards, addresses, birth dates, numbers, greetings.

Every pattern reads a text once from left to right (possessive repetitions, bounded gaps): a text made to hurt costs
no more than any other.
"""

import re
from collections.abc import Callable
from enum import StrEnum

from kontor.bridge.voice.names import COMMON, GIVEN, NOBODY, NOT_NAMES
from kontor.bridge.voice.words import folds


class Kind(StrEnum):
    """What was found; each is shown as a placeholder of its own. The values never come out of a text."""

    NAME = "\ue001"
    EMAIL = "\ue002"
    PHONE = "\ue003"
    ADDRESS = "\ue004"
    ACCOUNT = "\ue005"
    CARD = "\ue006"
    NUMBER = "\ue007"
    LINK = "\ue008"
    BIRTH = "\ue009"


type Found = Callable[[re.Match[str]], str]

_CAP = "[A-ZÀ-ÖØ-ÞŁŚŠŽŻČĆĐĞİ]"
_WORD = rf"{_CAP}[^\W\d_]*+(?:['’-]{_CAP}?[^\W\d_]++){{0,3}}+"
_PART = rf"{_CAP}[^\W\d_]*+"
_ANY = r"[^\W\d_]++(?:['’-][^\W\d_]++){0,3}+"
# Part of a name may have been found before.
_WHO = rf"(?:{Kind.NAME}|{_WORD})"
_WHOEVER = rf"(?:{Kind.NAME}|{_ANY})"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_LONG_AGO = r"(?:19\d\d|200\d|201[0-2])"
_MONTHS = (
    r"(?:jan(?:uar|uary)?|feb(?:ruar|ruary)?|m(?:ä|ae)rz|mar(?:ch)?|apr(?:il)?|mai|may|jun[ei]?|jul[iy]?|aug(?:ust)?|"
    r"sep(?:t(?:ember)?)?|o[kc]t(?:ober)?|nov(?:ember)?|de[zc](?:ember)?)\.?"
)
_STREETS = "straße|strasse|str|allee|weg|platz|gasse|damm|ufer|chaussee|deich"
_MORE_STREETS = f"{_STREETS}|ring|hof|markt|wall|graben|steig|kamp|promenade|twiete|berg|höhe"
# Ways and places of bicycles and of days.
_NO_WAY = (
    r"(?!(?:feder|um|rad|fahrrad|arbeits|heim|schul|brems|aus|hin|rück|verstell|hub|sitz|park|stell|spiel|liege|steck)"
    r"(?:weg|platz|damm|str)\b|(?:ketten|zahn|dicht|spreng|gummi|klemm|sicherungs|abstands|stütz)ring\b)"
)
_MEASURES = (
    r"(?!\s?(?:k?m|cm|mm|zoll|grad|stück|mal|jahren?|monaten?|wochen?|tagen?|stunden|minuten|uhr|prozent|euro|watt|wh|lux|"
    r"lumen|k?g|bar|gang|gänge|zähnen?|metern?|kilometern?|%|€|x)\b)"
)
# Where an address ends, and no measure follows.
_ENDS = r"(?=\s*(?:$|[,;)\n]|\.(?!\d)|(?:in|und|and)\b|\d{5}\b))"
_NO_STREET = (
    r"(?!(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|januar|februar|märz|april|mai|juni|juli|"
    r"august|september|oktober|november|dezember|jahr|monat|tag|abend|morgen|schnitt|durchschnitt|ganzen|vergleich|"
    r"angebot|ersten|zweiten|letzten)\b)"
)
# A place as people write it who write no capitals: a word that is no measure, article or preposition.
_LOW = (
    r"(?!(?:a|an|the|of|on|in|off|for|from|to|by|down|up|my|your|this|that|each|any|every|and|or|per|with|new|good|old|km|kms|"
    r"k|miles?|metres?|meters?|feet|foot|ft|inch(?:es)?|mm|cm|days?|weeks?|months?|years?|hours?|minutes?|speeds?|gears?|"
    r"bikes?|bicycles?|times?|places|rooms|floors|x|pairs?|best|wide|front|rear)\b)[a-zà-öø-ÿ'’-]{2,24}"
)
_NO_THING = (
    r"(?!\s(?:bikes?|bicycles?|bicycling|cycl\w*|tyres?|tires?|wheels?|wheelset|frames?|saddles?|pedals?|rac\w*|rid\w*|"
    r"handlebars?|bars?|use|version|shoes?|helmet|taper|lights?|legal|side|train|to|fit\w*)\b)"
)
_UK_CODE = r"[A-Z]{1,2}\d[A-Z\d]?(?:\s\d(?!st\b|rd\b|th\b|er\b)[ABD-HJLNP-UW-Z]{2})?"
_LIVES = (
    r"\b(?:i|we|he|she|they|ich|wir|er|sie)\s(?:live|lives|living|stay|reside|wohnen?|wohnt|leben?)|\bwohnhaft|"
    r"\b(?:my|our|the)\s(?:home\s|delivery\s|new\s)?address(?:\sis|:)|"
    r"\b(?:meine|unsere|die)\s(?:neue\s|liefer)?(?:adresse|anschrift)(?:\s(?:ist|lautet)|:)"
)
# Shimano's numbers look like plates when somebody puts a blank into them.
_NO_PLATE = r"(?!(?:RD|FD|FC|BL|BR|CS|SM|ST|SL|PD|WH|SW|HB|BB|CN|EW|DU|SC|SG)-(?:[MTRUEC]|MT|RS|RT|UR)\s)"
_UNITS = r"(?!(?:kilometern?|km|euro|eur|stück|schritte|metern?|mal|watt|teile|umdrehungen|lumen|jahre|tage|stunden)\b)"


def digits(text: str) -> str:
    """The figures of a text, nothing else."""
    return "".join(sign for sign in text if sign.isdecimal() and sign.isascii())


def _luhn(figures: str) -> bool:
    total = 0
    for place, figure in enumerate(reversed(figures)):
        value = int(figure) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _long_number(match: re.Match[str]) -> str:
    figures = digits(match[0])
    if 13 <= len(figures) <= 19 and _luhn(figures):
        return Kind.CARD
    return Kind.NUMBER


def _phone(match: re.Match[str]) -> str:
    return Kind.PHONE if 7 <= len(digits(match[0])) <= 16 else match[0]


def _after_title(match: re.Match[str]) -> str:
    first, second = match["first"], match["second"]
    if folds(first) & NOT_NAMES:
        return match[0]
    if second and not folds(second) & NOT_NAMES:
        return f"{match['title']}{match['gap']}{Kind.NAME}"
    rest = f"{match['between']}{second}" if second else ""
    return f"{match['title']}{match['gap']}{Kind.NAME}{rest}"


def _after_greeting(match: re.Match[str]) -> str:
    if any(folds(word) & NOBODY for word in match["who"].split()):
        return match[0]
    return f"{match['greeting']}{Kind.NAME}"


def _after(match: re.Match[str]) -> str:
    return match["before"] + Kind.NAME


def _two_names(match: re.Match[str]) -> str:
    words = match["who"].split()
    if len(words) < 2 and not folds(words[0]) & GIVEN:
        return match[0]
    return match[0] if any(folds(word) & NOT_NAMES for word in words) else match["before"] + Kind.NAME


def _signed(match: re.Match[str]) -> str:
    words = match["who"].split()
    if any(folds(word) & (NOT_NAMES | NOBODY) for word in words):
        return match[0]
    return match["before"] + Kind.NAME


def _low_name(match: re.Match[str]) -> str:
    """Somebody behind a title in a text without capitals; their names, up to two."""
    first, second = match["who"], match["second"]
    if folds(first.partition("-")[0]) & COMMON:
        return match[0]
    if second and folds(second) & COMMON:
        return f"{match['before']}{Kind.NAME} {second}"
    return f"{match['before']}{Kind.NAME}{f' {second}' if second and not folds(first) & GIVEN else ''}"


def _low_kin(match: re.Match[str]) -> str:
    """The name behind "my wife": a given name, or a word that is no common one and does not end like a verb."""
    who = match["who"]
    if folds(who) & GIVEN or not (folds(who) & COMMON or _VERB_LIKE.search(who)):
        return match["before"] + Kind.NAME
    return match[0]


_VERB_LIKE = re.compile(r"(?i)(?:s|ed|ing|ly|t|te|ten|en|lich|ig)$")


def _of(kind: Kind) -> Found:
    return lambda _match: kind


def _numbered(match: re.Match[str]) -> str:
    return match["before"] + Kind.NUMBER


PATTERNS: tuple[tuple[re.Pattern[str], Found], ...] = (
    (re.compile(r"(?i)\b(?:https?://|ftp://|www\.)[^\s<>\"']++"), _of(Kind.LINK)),
    (
        re.compile(
            r"(?i)(?<![\w.+%-])[\w.+%-]++\s?(?:@|\(at\)|\[at\]|\{at\}|\(ät\))\s?"
            r"(?:\[[\d.:]+\]|[\w-]++(?:(?:\.|\s?[(\[](?:dot|punkt)[)\]]\s?)[\w-]++)++)"
        ),
        _of(Kind.EMAIL),
    ),
    (re.compile(r"(?<![\w@])@[A-Za-z_][\w.]{2,30}"), _of(Kind.NAME)),
    (
        re.compile(
            r"(?i)\b[A-Z]{2}[ ]?\d{2}[ -]?(?:[A-Z]{4}|\d{4})"
            r"(?:[ -]?(?=[A-Z]{0,3}\d)[A-Z0-9]{4}){1,6}(?:[ -]?\d{1,3})?\b"
        ),
        _of(Kind.ACCOUNT),
    ),
    (
        re.compile(
            rf"(?i)(?P<before>\b(?:geboren|geb\.|geburtsdatum|geburtstag|born|birthday|date of birth|dob)"
            r"[^\d\n]{0,20})"
            rf"(?:{_DAY}[./-]\s?{_MONTH}[./-]\s?\d{{2,4}}|\d{{4}}-{_MONTH}-{_DAY}|{_DAY}\.?\s{_MONTHS}(?:\s\d{{4}})?)"
        ),
        lambda match: match["before"] + Kind.BIRTH,
    ),
    (
        re.compile(
            rf"(?i)(?<!\d)(?:{_DAY}[./-]\s?{_MONTH}[./-]\s?{_LONG_AGO}|{_LONG_AGO}-{_MONTH}-{_DAY}"
            rf"|{_DAY}(?:\.|st|nd|rd|th)?\s{_MONTHS}\s{_LONG_AGO}|{_MONTHS}\s{_DAY}(?:st|nd|rd|th)?,?\s{_LONG_AGO})(?!\d)"
        ),
        _of(Kind.BIRTH),
    ),
    (re.compile(r"(?<![\w.,])(?:\+|00)\s?\d[\d\s()/.–-]{5,24}\d"), _phone),
    (
        re.compile(
            r"(?<![\w.,:-])(?!\d{1,2}[./-]\s?\d{1,2}[./-])\(?0\d{1,5}\)?[\s/–.-]{0,3}\d(?:[\s/–.-]{0,3}\d){3,12}"
        ),
        _phone,
    ),
    (re.compile(r"(?<![\w.,-])(?:\(\d{3}\)\s?|\d{3}[\s.-])\d{3}[.-]\d{4}(?!\d)"), _of(Kind.PHONE)),
    (re.compile(r"(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)"), _of(Kind.NUMBER)),
    (re.compile(r"(?<![\w.,])\d(?:[ -]?\d){8,29}(?!\w)"), _long_number),
    (re.compile(r"(?<![\w-])(?:RE|GS|AB|AN|[AKVLRGSP])[-–]\s?\d{4,}(?:-\d+)?(?!\w)"), _of(Kind.NUMBER)),
    (
        re.compile(
            r"(?i)(?P<before>\b(?:bestell|auftrag|kunden|rechnung|vorgang|sendung|order|customer|invoice|account|konto|"
            r"case|ticket|tracking|mitglied|ausweis|passport)[a-z]{0,12}[ -]?"
            r"(?:nummer|number|nr\.?|no\.?|id)?[ :#]{0,3})"
            r"(?=[a-z0-9-]{0,8}\d{3})(?![a-z]{5})[a-z0-9-]{4,24}(?![\w])"
        ),
        _numbered,
    ),
    (re.compile(r"(?i)\bDE\s?\d{9}\b"), _of(Kind.NUMBER)),
    (
        re.compile(
            rf"\b(?:(?:{_PART}-){{1,3}}(?i:{_STREETS})"
            rf"|(?:{_PART}-){{0,2}}(?i:{_NO_WAY}){_CAP}[^\W\d_]{{2,30}}?(?i:{_STREETS}))\b\.?"
            rf"\s?\d{{1,4}}\s?[a-z]?(?!\w)(?i:{_MEASURES})(?![.,:]\d)"
        ),
        _of(Kind.ADDRESS),
    ),
    (
        re.compile(
            rf"\b(?:{_PART}[ -]){{0,2}}(?i:{_NO_WAY}){_CAP}[^\W\d_]{{2,30}}?[ -]?(?i:{_MORE_STREETS})\b\.?"
            rf"\s?\d{{1,4}}\s?[a-z]?(?!\w){_ENDS}"
        ),
        _of(Kind.ADDRESS),
    ),
    (
        re.compile(
            r"\b(?:Am|An (?:der|den|dem)|Auf (?:der|dem)|Im|In (?:der|den)|Unter (?:der|den)|Zum|Zur|"
            rf"Hinter der|Bei der|Alte[rn]?|Lange[rn]?|Neue[rn]?|Hohe[rn]?)\s(?i:{_NO_STREET}){_WORD}"
            rf"(?:\s{_WORD})?\s\d{{1,3}}\s?[a-z]?(?!\w){_ENDS}"
        ),
        _of(Kind.ADDRESS),
    ),
    (
        re.compile(
            rf"\b\d{{1,5}}[a-z]?\s(?:{_WORD}\s){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Court|Ct|Way|"
            r"Place|Square|Crescent|Terrace|Boulevard|Blvd|Gardens)\b\.?"
        ),
        _of(Kind.ADDRESS),
    ),
    (
        re.compile(
            rf"(?<![\w.,-])(?:D[ -]?)?\d{{5}}\s(?i:{_UNITS}){_WORD}(?:\s(?:am|an der|bei|im|ob der)\s{_WORD})?"
        ),
        _of(Kind.ADDRESS),
    ),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"), _of(Kind.ADDRESS)),
    # The same in texts without capitals, where less can be told from the words: bounded by what follows.
    (
        re.compile(
            rf"(?i)(?P<before>(?:{_LIVES})[\s,]{{1,2}}(?:jetzt\s|hier\s|now\s)?"
            rf"(?:(?:at|in|on|near|am|im|an\sder|auf\sdem|in\sder)\s)?)"
            rf"(?:\d{{1,5}}[a-z]?\s{_LOW}(?:\s{_LOW})?|{_NO_STREET}[^\W\d_]{{3,30}}(?:[ -][^\W\d_]{{3,30}}){{0,2}}\.?"
            rf"\s\d{{1,4}}\s?[a-z]?(?!\w){_MEASURES})(?:,?\s(?:[a-z]{{3,20}}\s)?{_UK_CODE}\b)?"
        ),
        lambda match: match["before"] + Kind.ADDRESS,
    ),
    (
        re.compile(
            rf"(?i)\b\d{{1,5}}[a-z]?\s{_LOW}(?:\s{_LOW})?\s(?:(?:street|avenue|lane|crescent|terrace|boulevard|blvd|gardens)\b"
            rf"{_NO_THING}|(?:road|rd|ave|st|drive|close|court|square)\b\.?(?=\s*(?:$|[,;.)\n]|(?:in|and)\b)|"
            rf",?\s(?:[a-z]{{3,20}}\s)?{_UK_CODE}\b))(?:,?\s(?:[a-z]{{3,20}}\s)?{_UK_CODE}\b)?"
        ),
        _of(Kind.ADDRESS),
    ),
    (
        re.compile(
            rf"(?i)\b(?:[^\W\d_]{{3,20}}-){{0,2}}{_NO_WAY}[^\W\d_]{{3,30}}?(?:straße|strasse|str|allee|gasse|chaussee)\b\.?"
            rf"\s?\d{{1,4}}\s?[a-z]?(?!\w){_MEASURES}(?![.,:]\d)"
        ),
        _of(Kind.ADDRESS),
    ),
    (
        re.compile(
            rf"(?i)\b(?!(?:durch|vor|weit|frei|halb|kurz|rund|mittel|fuß|reit|roll)\w)"
            rf"(?:{_NO_WAY}[^\W\d_]{{3,30}}?(?:weg|platz|damm|ufer|deich|twiete|promenade)|"
            rf"(?!(?:der|die|den|dem|einer|eine|auf|von|zur|jeder|nasser|ihre|ihrer)\s)[^\W\d_]{{3,30}}[ -]"
            rf"(?:straße|strasse|str))\b\.?\s?\d{{1,4}}\s?[a-z]?(?!\w){_ENDS}"
        ),
        _of(Kind.ADDRESS),
    ),
    (
        re.compile(rf"{Kind.ADDRESS}[,\s]{{1,3}}(?:D[ -]?)?\d{{5}}(?:\s[^\W\d_]{{3,30}})?(?![^\W_])"),
        _of(Kind.ADDRESS),
    ),
    (
        re.compile(r"(?i)\b[a-z]{1,2}\d[a-z\d]?\s\d(?!st\b|rd\b|th\b|er\b)[abd-hjlnp-uw-z]{2}\b"),
        _of(Kind.ADDRESS),
    ),
    (
        re.compile(rf"(?<![\w-]){_NO_PLATE}[A-ZÄÖÜ]{{1,3}}-[A-Z]{{1,2}}\s\d{{1,4}}[EH]?(?![\w-])"),
        _of(Kind.NUMBER),
    ),
    (
        re.compile(
            r"(?i)(?P<before>\b(?:kfz|nummernschild|(?:kfz|auto|amtliches )?-?kennzeichen|number ?plate|"
            r"licen[cs]e plate|registration(?: number)?)\b[ :,-]{1,3}(?:ist |is |lautet |nummer |number )?)"
            r"(?:[a-z]{2}\d{2}\s?[a-z]{3}|[a-zäöü]{1,3}[ -]{0,2}[a-z]{1,2}[ -]?\d{1,4}[eh]?)(?![\w-])"
        ),
        _numbered,
    ),
)

GREETINGS: tuple[tuple[re.Pattern[str], Found], ...] = (
    (
        re.compile(
            r"(?P<title>\b(?:Herrn?|Frau|Hr\.|Fr\.|Fräulein|Familie|Fam\.|Kollegen?|Kollegin|Mr|Mrs|Ms|Miss|Mister|Dr|Prof|"
            r"Sir)\b\.?)(?P<gap>\s(?:(?:Dr|Prof|von|van|de|der|den|zu)\.?\s){0,3})"
            rf"(?P<first>{_WHO})(?:(?P<between>\s)(?P<second>{_WHO}))?"
        ),
        _after_title,
    ),
    (
        re.compile(
            r"(?P<before>(?<!\bmeine )(?<!\bdeine )(?<!\bseine )(?<!\bmeiner )(?<!\bseiner )(?<!\bunsere )(?<!\bihre )"
            r"(?<!\bdie )(?<!\beine )(?<!\beiner )(?<!\bder )(?<!\bals )(?<!\bthe )(?<!\d )"
            r"\b(?:herrn?|frau|fräulein|mr|mrs|ms|mister|dr|prof|HERRN?|FRAU|MRS?|MS|DR)\b\.?\s(?:(?:dr|prof|von|van)\.?\s){0,2})"
            r"(?P<who>[^\W\d_]{2,30}(?:['’-][^\W\d_]{2,30}){0,2})(?:\s(?P<second>[^\W\d_]{2,30}))?"
        ),
        _low_name,
    ),
    (
        re.compile(
            r"(?P<greeting>\b(?i:hallo|hi|hey|hello|dear|lieber?|guten tag|guten morgen|moin)\s)"
            rf"(?P<who>{_WHO}(?:\s{_WHO}){{0,2}})(?=\s*[,!\n])"
        ),
        _after_greeting,
    ),
    (
        re.compile(
            r"(?P<before>(?i:\bmy name(?: is|'s|’s)|\bmein name ist|\bich hei(?:ß|ss)e|\bhier spricht|"
            rf"\bi am called)\s){_WHOEVER}(?:\s{_WHO}){{0,2}}"
        ),
        _after,
    ),
    (
        re.compile(
            r"(?P<before>(?i:\bich bin|\bhier ist|\bthis is|\bi'm|\bi’m|\bi am|\bgez\.|"
            r"\bi\. ?a\.|\bi\. ?v\.)\s(?i:der |die )?)"
            rf"(?P<who>{_WHO}(?:\s{_WHO}){{0,2}})"
        ),
        _two_names,
    ),
    (
        re.compile(
            r"(?P<before>(?i:\b(?:mein|unser|my|our|his|her|sein|ihr)(?:e[rmn]?)?\s(?:mann|frau|sohn|tochter|bruder|schwester|"
            r"vater|mutter|freund(?:in)?|partner(?:in)?|kolleg(?:e|in)|nachbar(?:in)?|husband|wife|son|daughter|brother|"
            rf"sister|father|mother|friend|partner|boyfriend|girlfriend|neighbour)),?\s)(?P<who>{_WHO})"
        ),
        _signed,
    ),
    (
        re.compile(
            r"(?P<before>\b(?:mein|unser|my|our|his|her|sein|ihr)(?:e[rmn]?)?\s(?:mann|frau|sohn|tochter|bruder|schwester|"
            r"vater|mutter|freund(?:in)?|partner(?:in)?|kolleg(?:e|in)|nachbar(?:in)?|husband|wife|son|daughter|brother|"
            r"sister|father|mother|friend|partner|boyfriend|girlfriend|neighbour)\b,?\s)(?P<who>[^\W\d_]{3,24})"
            r"(?:-[^\W\d_]{2,24})?(?![^\W_])"
        ),
        _low_kin,
    ),
    (
        re.compile(
            r"(?P<before>(?i:\b(?:gr(?:ü|ue)(?:ß|ss)en?|gru(?:ß|ss)|mfg|lg|vg|regards|best wishes|sincerely(?: yours)?|"
            r"yours(?: faithfully| sincerely| truly)?|cheers|hochachtungsvoll)\b|(?<=\n)(?:ihre?|eure?)\b)[\s,.!]{1,6})"
            rf"(?P<who>{_WHOEVER}(?:[ .]{{1,2}}{_WHOEVER}){{0,3}})(?=\s*(?:$|\n|[,.!]\s*(?:$|\n)))"
        ),
        _signed,
    ),
    (
        re.compile(
            rf"(?P<before>(?i:\b(?:thanks|thank you|danke|vielen dank|many thanks)\b)[\s,.!]{{0,4}}\n\s*)"
            rf"(?P<who>{_WHO}(?:[ .]{{1,2}}{_WHO}){{0,2}})(?=\s*$)"
        ),
        _signed,
    ),
)
