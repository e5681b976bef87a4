"""From the cells of a row to a customer or an offering, with what is wrong in plain words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from babel import Locale
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kontor.bridge.catalogue.drafting import OfferingDraft, slug_of
from kontor.bridge.parties.gathering import PartyDraft

_LENGTHS = {
    "organisation": 120, "given_name": 80, "family_name": 80, "email": 254, "phone": 40, "vat_id": 20, "extra": 120,
    "street": 120, "postal_code": 12, "city": 80, "name_de": 200, "name_en": 200, "color": 20, "size": 20,
    "short_de": 300, "short_en": 300, "text_de": 8000, "text_en": 8000, "category": 80, "page": 110,
}  # fmt: skip
_NUMBER = re.compile(r"\w(?:[\w.+ -]{0,38}[\w.+-])?")
_CUSTOMER_NUMBER = re.compile(r"[\w.+-](?:[\w.+ -]{0,18}[\w.+-])?")
_HOUSE_NUMBER = re.compile(r"K-\d+")
_UNITS = {
    "piece": ("piece", "pieces", "pcs", "pc", "each", "ea", "stueck", "stck", "stk", "st"),
    "pair": ("pair", "pairs", "paar", "pr"),
    "set": ("set", "sets", "satz"),
    "kg": ("kg", "kilogramm", "kilogram", "kilo"),
    "l": ("l", "liter", "litre", "ltr"),
    "m": ("m", "meter", "metre", "mtr"),
    "hour": ("hour", "hours", "h", "stunde", "stunden", "std"),
    "night": ("night", "nights", "nacht", "naechte"),
    "month": ("month", "months", "monat", "monate"),
}
_KINDS = {
    "goods": ("goods", "ware", "waren", "artikel", "product", "produkt"),
    "service": ("service", "dienstleistung", "leistung"),
    "stay": ("stay", "aufenthalt", "uebernachtung"),
    "term": ("term", "vertrag", "laufendervertrag", "continuingcontract", "abo"),
    "decision": ("decision", "publicact", "bescheid", "amtlicheentscheidung"),
}
_TAX_WORDS = {
    "standard": ("standard", "regelsatz", "normal", "voll", "standardrate"),
    "reduced": ("reduced", "ermaessigt", "ermaessigtersatz", "reducedrate"),
    "zero": ("zero", "null", "nullsatz"),
    "exempt": ("exempt", "steuerfrei", "befreit"),
    "none": ("none", "ohne", "keine"),
}
_LANGUAGES = {"de": ("de", "deutsch", "german", "ger"), "en": ("en", "englisch", "english", "eng")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a file is read with: the sign before decimals, tax rates in per cent by class, and what there is.

    ``categories`` and ``groups``: names (folded) and short names, each to its short name.
    """

    decimal_mark: str
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Record:
    """A row as it was understood. ``problems`` is empty where it can go in."""

    draft: Any = None
    key: str = ""
    group: str | None = None
    stock: Decimal | None = None
    new_category: str = ""
    problems: list[str] = field(default_factory=list)


def record_of(kind: str, fields: Sequence[str], cells: Sequence[str], rules: Rules) -> Record:
    """Understand one row."""
    record = Record()
    if any(cell.strip() for cell in cells[len(fields) :]):
        record.problems.append(_("The row has more cells than there are headings."))
    said = {name: _clean(cell) for name, cell in zip(fields, cells, strict=False) if name and _clean(cell)}
    for name, value in said.items():
        limit = _LENGTHS.get(name)
        if "\0" in value:
            record.problems.append(_("There is a sign in it that cannot be stored."))
        if limit is not None and len(value) > limit:
            record.problems.append(
                _("“%(start)s…” is longer than %(limit)s signs.") % {"start": value[:30], "limit": limit}
            )
    (_customer if kind == "customers" else _offering)(said, record, rules)
    return record


def _clean(cell: str) -> str:
    return cell.strip(" \t\r\n\u00a0")


def _customer(said: dict[str, str], record: Record, rules: Rules) -> None:
    problems = record.problems
    given, family = said.get("given_name"), said.get("family_name")
    organisation = said.get("organisation")
    if "name" in said and not (given or family):
        given, _blank, family = said["name"].rpartition(" ")
        given, family = given[:80], family[:80]
    if not (organisation or family or given):
        problems.append(_("There is no name."))
    number, email = said.get("number"), said.get("email")
    if not number and not email:
        problems.append(_("There is neither a customer number nor an e-mail, so nobody can tell who it is."))
    if number and not _CUSTOMER_NUMBER.fullmatch(number):
        problems.append(_("“%(value)s” is no customer number.") % {"value": number[:40]})
    if email:
        try:
            validate_email(email)
        except ValidationError:
            problems.append(_("“%(value)s” is no e-mail address.") % {"value": email[:60]})
    country = _country(said.get("country", ""), problems)
    where = [said.get(name) for name in ("street", "postal_code", "city")]
    if said.get("customer_group"):
        record.group = rules.groups.get(_fold(said["customer_group"]))
        if record.group is None:
            problems.append(
                _("There is no customer group “%(value)s”.") % {"value": said["customer_group"][:40]}
            )
    if problems:
        return
    record.draft = PartyDraft(
        number=number,
        kind=_kind_of_party(said.get("kind", ""), organisation),
        organisation=organisation,
        given_name=given or None,
        family_name=family or None,
        email=email,
        phone=said.get("phone"),
        language=_word(said.get("language", ""), _LANGUAGES),
        vat_id=said.get("vat_id"),
        extra=said.get("extra"),
        street=where[0],
        postal_code=where[1],
        city=where[2],
        country=country or None,
    )
    record.key = record.draft.key


def _kind_of_party(text: str, organisation: str | None) -> str | None:
    words = {
        "person": ("person", "privat", "private", "in"),
        "organisation": ("organisation", "firma", "company", "business", "sc", "vc"),
    }
    return _word(text, words) or ("organisation" if organisation else None)


def is_of_this_house(number: str) -> bool:
    """Whether a customer number is one that this house draws itself."""
    return _HOUSE_NUMBER.fullmatch(number) is not None


def _offering(said: dict[str, str], record: Record, rules: Rules) -> None:
    problems = record.problems
    number = said.get("number", "")
    if not number:
        problems.append(_("There is no number."))
    elif not _NUMBER.fullmatch(number):
        problems.append(_("“%(value)s” is no number of an offering.") % {"value": number[:40]})
    known: dict[str, Any] = {}
    for name, words, message in (
        ("kind", _KINDS, _("“%(value)s” is no kind of offering.")),
        ("unit", _UNITS, _("“%(value)s” is no unit that is known here.")),
    ):
        if name in said:
            known[name] = _word(said[name], words)
            if known[name] is None:
                problems.append(message % {"value": said[name][:40]})
    tax = _tax(said.get("tax_code", ""), rules, problems)
    amounts = {
        name: _amount(said.get(name, ""), rules, problems) for name in ("price", "net_price", "cost", "stock")
    }
    weight = _weight(said, rules, problems)
    price = amounts["price"]
    if price is None and amounts["net_price"] is not None:
        rate = rules.rates.get(tax or "standard", Decimal(0))
        price = (amounts["net_price"] * (1 + rate / 100)).quantize(Decimal("0.01"))
    category, record.new_category = _category(said.get("category", ""), rules)
    if problems:
        return
    record.stock = amounts["stock"]
    record.key = number
    record.draft = OfferingDraft(
        number=number,
        kind=known.get("kind"),
        name_de=said.get("name_de") or said.get("name_en"),
        name_en=said.get("name_en") or None,
        unit=known.get("unit"),
        weight_g=weight,
        tax_code=tax,
        cost=amounts["cost"],
        category=category or None,
        page=slug_of(said["page"], 120) or None if "page" in said else None,
        price=price,
        color=said.get("color"),
        size=said.get("size"),
        short_de=said.get("short_de"),
        short_en=said.get("short_en"),
        text_de=said.get("text_de"),
        text_en=said.get("text_en"),
    )


def _category(text: str, rules: Rules) -> tuple[str, str]:
    """The short name of a category, and its name where it has to be drawn up first."""
    if not text:
        return "", ""
    name = re.split(r"\s*[>›/]\s*", text)[-1]
    known = rules.categories.get(_fold(name)) or rules.categories.get(slug_of(name))
    return (known, "") if known else (slug_of(name) or "", name)


def _weight(said: Mapping[str, str], rules: Rules, problems: list[str]) -> int | None:
    for name, factor in (("weight_g", 1), ("weight_kg", 1000)):
        weight = _amount(said.get(name, ""), rules, problems)
        if weight is not None and weight > 0:
            if weight * factor > 10_000_000:
                problems.append(_("“%(value)s” is too heavy.") % {"value": said[name][:40]})
            return max(1, int(weight * factor))
    return None


def _tax(text: str, rules: Rules, problems: list[str]) -> str | None:
    if not text:
        return None
    found = _word(text, _TAX_WORDS) or (text if text in rules.rates else None)
    if found is None:
        try:
            rate = Decimal(text.rstrip("% ").replace(",", "."))
            rate = rate * 100 if 0 < rate < 1 else rate
            found = next((code for code, value in rules.rates.items() if value == rate), None)
        except InvalidOperation:
            found = None
    if found is None:
        problems.append(_("“%(value)s” is no tax class or rate that holds here.") % {"value": text[:40]})
    return found


def _amount(text: str, rules: Rules, problems: list[str]) -> Decimal | None:
    """A number from zero up, with the file's sign before decimals; a currency may stand beside it."""
    if not text:
        return None
    digits = re.sub(r"(?i)(eur|euro|usd|gbp|chf|[€$£\s'\u00a0])", "", text)
    other = "." if rules.decimal_mark == "," else ","
    whole, mark, rest = digits.rpartition(rules.decimal_mark)
    grouped = (whole if mark else rest).split(other)
    is_grouped_well = all(len(part) == 3 for part in grouped[1:])
    plain = "".join(grouped) + (f".{rest}" if mark else "")
    if not re.fullmatch(r"-?\d{1,10}(\.\d{1,10})?", plain) or not is_grouped_well:
        problems.append(_("“%(value)s” is no number.") % {"value": text[:40]})
        return None
    number = Decimal(plain)
    if number < 0:
        problems.append(_("“%(value)s” is negative.") % {"value": text[:40]})
        return None
    return round(number, 4)


def _country(text: str, problems: list[str]) -> str:
    if not text:
        return ""
    if len(text) == 2 and text.isascii() and text.isalpha():
        return text.upper()
    code = _countries().get(_fold(text))
    if code is None:
        problems.append(_("“%(value)s” is no country that is known here.") % {"value": text[:40]})
        return ""
    return code


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    found = {"uk": "GB", "usa": "US", "england": "GB", "holland": "NL", "brd": "DE"}
    for language in ("de", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(_fold(name), code)
    return found


def _word(text: str, words: Mapping[str, Sequence[str]]) -> str | None:
    folded = _fold(text)
    return next(
        (code for code, known in words.items() if folded and (folded == code or folded in known)), None
    )


def _fold(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", slug_of(text, 200))


fold: Callable[[str], str] = _fold
