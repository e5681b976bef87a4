"""The GiroCode: a QR code that fills in a SEPA credit transfer. Light enough for every page.

Source: European Payments Council, EPC069-12, version 002.
"""

from decimal import Decimal
from functools import lru_cache
from io import BytesIO

import segno

# Lengths and bounds of EPC069-12, section 3.3.
_LONGEST_NAME, _LONGEST_REMITTANCE, _MOST_BYTES = 70, 140, 331
_SMALLEST, _LARGEST = Decimal("0.01"), Decimal("999999999.99")


class NotPayableByGiroCodeError(ValueError):
    """The standard has no code for this payment: no IBAN, an amount out of bounds, or not in euros."""


def girocode_text(
    *, name: str, iban: str, bic: str, amount: Decimal, remittance: str, currency: str = "EUR"
) -> str:
    """Return what the code says, line by line. Name and remittance are cut where the standard ends them.

    Raises:
        NotPayableByGiroCodeError: the payment is not in euros, has no IBAN, or the amount is outside 0.01 to
            999,999,999.99.
    """
    account = "".join(iban.split()).upper()
    payee = " ".join(name.split())[:_LONGEST_NAME]
    if currency != "EUR" or not account or not payee or not _SMALLEST <= amount <= _LARGEST:
        raise NotPayableByGiroCodeError(f"{currency} {amount} to {account or 'no account'}")
    message = " ".join(remittance.split())[:_LONGEST_REMITTANCE]
    rows = [
        "BCD",
        "002",
        "1",
        "SCT",
        "".join(bic.split()).upper(),
        payee,
        account,
        f"EUR{amount:.2f}",
        "",
        "",
        "",
    ]
    start = "\n".join(rows)
    left = _MOST_BYTES - len(start.encode())
    return start + message.encode()[:left].decode(errors="ignore")


def girocode_svg(
    *, name: str, iban: str, bic: str = "", amount: Decimal, remittance: str, currency: str = "EUR"
) -> str:
    """Return the GiroCode as one SVG element (dark modules on a white ground with the quiet zone, no fixed size).

    Raises:
        NotPayableByGiroCodeError: see ``girocode_text``.
    """
    text = girocode_text(
        name=name, iban=iban, bic=bic, amount=amount, remittance=remittance, currency=currency
    )
    return _drawn(text)


def girocode_png(
    *, name: str, iban: str, bic: str = "", amount: Decimal, remittance: str, currency: str = "EUR"
) -> bytes:
    """Return the GiroCode as a picture that every mail program shows.

    Raises:
        NotPayableByGiroCodeError: see ``girocode_text``.
    """
    text = girocode_text(
        name=name, iban=iban, bic=bic, amount=amount, remittance=remittance, currency=currency
    )
    drawing = BytesIO()
    code = segno.make_qr(text, error="m", boost_error=False, encoding="utf-8")
    code.save(drawing, kind="png", border=4, scale=6)
    return drawing.getvalue()


@lru_cache(maxsize=256)
def _drawn(text: str) -> str:
    # Kept, because choosing the best mask takes some 9 ms and an order page is looked at more than once. The standard
    # prescribes error correction M and at most version 13.
    return qr_svg(segno.make_qr(text, error="m", boost_error=False, encoding="utf-8"))


def qr_svg(code: segno.QRCode) -> str:
    """Return a QR code as an SVG element that scales to its box."""
    drawing = BytesIO()
    code.save(
        drawing, kind="svg", border=4, light="#fff", dark="#10201f", xmldecl=False, omitsize=True, nl=False
    )
    return drawing.getvalue().decode()
