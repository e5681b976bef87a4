"""The sheet: what the typesetter is handed. Finished words and figures, nothing to compute, nothing to evaluate."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import pgettext

from kontor.bridge.documents.rendering.papers import Address, Buyer, Language, Seller
from kontor.bridge.documents.rendering.text import printable
from kontor.bridge.documents.rendering.wording import country_name

type Fact = tuple[str, str]
type SumLook = Literal["plain", "detail", "total", "due"]

_LONGEST_ADDRESS_LINE, _LONGEST_NAME, _LONGEST_TEXT = 70, 240, 2000
_LONGEST_WORD, _WORD_PART = 26, 18
_BREAK_HERE = "\u200b"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; ``width`` in millimetres, 0 takes what is left."""

    title: str
    width: int
    align: Literal["left", "right"] = "right"

    def drawn(self) -> dict[str, Any]:
        return {"title": self.title, "width": self.width, "align": self.align}


@dataclass(frozen=True, slots=True)
class Sum:
    """One row below the table."""

    words: str
    figure: str
    look: SumLook = "plain"

    def drawn(self) -> dict[str, str]:
        return {"words": self.words, "figure": self.figure, "look": self.look}


def short(text: str, limit: int = _LONGEST_NAME) -> str:
    """Return ``text`` printable and cut with an ellipsis; very long words may break."""
    # Cutting first keeps a text of a megabyte from being worked through.
    plain = printable(text[: limit * 2])
    cut = plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"
    return " ".join(_breakable(word) for word in cut.split(" "))


def long(text: str) -> str:
    """Return a paragraph printable, cut at 2,000 characters."""
    return short(text, _LONGEST_TEXT)


def article(name: str, sku: str, description: str) -> dict[str, Any]:
    """Return the cell that names an article: its name, and below it number and description where there are any."""
    details = " · ".join(short(detail) for detail in (sku, description) if detail.strip())
    return {"name": short(name) or "–", "details": [details] if details else []}


def address_rows(party: Address | Buyer | Seller, *, language: Language, home: str) -> list[str]:
    """Return at most six lines of an address (DIN 5008); the country only where it is not ``home``."""
    extra_line = "" if isinstance(party, Seller) else party.extra_line
    town = f"{party.postal_code} {party.city}"
    country = country_name(party.country, language) if party.country.upper() != home.upper() else ""
    return _filled((party.name, extra_line, party.street, town, country), _LONGEST_ADDRESS_LINE)


def letterhead(seller: Seller, language: Language) -> dict[str, Any]:
    """Return sender line, claim and the footer with what § 35a GmbHG asks of a business letter."""
    town = f"{seller.postal_code} {seller.city}"
    legal_name = seller.legal_form_line or seller.name
    return {
        "language": language,
        "seller_name": short(seller.name, _LONGEST_ADDRESS_LINE),
        "seller_claim": short(" · ".join(_filled((seller.street, town, seller.website), 60)), 160),
        "sender_line": short(" · ".join(_filled((seller.name, seller.street, town), 50)), 110),
        "footer": [column for column in _footer(seller, legal_name, town) if column],
        "page_words": pgettext("paper", "Page {page} of {pages}"),
        "carried_to": pgettext("paper", "Carried forward to page {page}"),
        "carried_from": pgettext("paper", "Carried forward from page {page}"),
    }


def _footer(seller: Seller, legal_name: str, town: str) -> Iterable[list[str]]:
    yield _filled((legal_name, seller.street, town, seller.website))
    yield _filled((seller.phone, seller.email, _named(pgettext("paper", "VAT ID"), seller.vat_id)))
    yield _filled(
        (
            _named(pgettext("paper", "Managing director:"), seller.managing_director),
            seller.register_line,
            _named(pgettext("paper", "Tax number"), seller.tax_number),
        )
    )
    if seller.iban.strip():
        yield _filled(
            (seller.bank_name, _named("IBAN", grouped_iban(seller.iban)), _named("BIC", seller.bic)),
        )


def grouped_iban(iban: str) -> str:
    """Return an IBAN in groups of four that stay on one row."""
    plain = "".join(iban.split()).upper()
    return "\u00a0".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def _named(label: str, value: str) -> str:
    return f"{label} {value}" if value.strip() else ""


def _filled(rows: Iterable[str], limit: int = _LONGEST_NAME) -> list[str]:
    return [drawn for row in rows if (drawn := short(row, limit))]


def _breakable(word: str) -> str:
    if len(word) <= _LONGEST_WORD:
        return word
    return _BREAK_HERE.join(word[start : start + _WORD_PART] for start in range(0, len(word), _WORD_PART))
