"""Papers as PDF. Belongs to the worker: typst, factur-x and pypdf load here and nowhere else.

Letters are PDF/A-3b. An invoice carries its EN 16931 XML as ``factur-x.xml``, related as *Alternative*, and is read
back and checked before it is handed out.
"""

import json
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, cast

import typst
from django.utils.translation import override, pgettext
from facturx import generate_from_file
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from kontor.bridge.documents.rendering.barcodes import code128_svg, two_dimensional_svg
from kontor.bridge.documents.rendering.einvoice import cii_xml
from kontor.bridge.documents.rendering.letters import confirmation_sheet, delivery_sheet, invoice_sheet
from kontor.bridge.documents.rendering.papers import (
    ConfirmationPaper,
    DeliveryPaper,
    InvoicePaper,
    LabelPaper,
)
from kontor.bridge.documents.rendering.sheet import address_rows, short
from kontor.bridge.documents.rendering.wording import country_name, day, quantity

_HERE = Path(str(files("kontor.bridge.documents.rendering")))
_ATTACHMENT = "factur-x.xml"
_SHORT_ROUTING_CODE, _SHORT_TOWN = 12, 26

# One compiler keeps its caches from paper to paper, and serves one thread at a time.
_one_at_a_time = Lock()


class BrokenPackageError(RuntimeError):
    """The packed invoice does not read back as it was meant: a bug, the paper must not be sent."""


def invoice_pdf(paper: InvoicePaper, *, xml: bytes | None = None) -> bytes:
    """Return the invoice as ZUGFeRD: PDF/A-3b with its XML inside. ``xml`` is ``cii_xml(paper)`` where already made.

    Raises:
        BrokenPackageError: the file does not hold the XML as the standard asks.
    """
    invoice = cii_xml(paper) if xml is None else xml
    sheet = invoice_sheet(paper)
    drawn = _typeset("letter.typ", sheet, issued_on=paper.issued_on)
    metadata = {
        "author": sheet["seller_name"],
        "title": sheet["title"],
        "subject": sheet["title"],
        "keywords": "ZUGFeRD, Factur-X",
    }
    file = BytesIO(drawn)
    generate_from_file(
        file,
        invoice,
        flavor="factur-x",
        level="en16931",
        check_xsd=False,
        pdf_metadata=metadata,
        lang=paper.language,
        afrelationship="alternative",
        xmp_compression=False,
    )
    packed = file.getvalue()
    _check(packed, invoice)
    return packed


def confirmation_pdf(paper: ConfirmationPaper) -> bytes:
    """Return the order confirmation as PDF/A-3b."""
    return _typeset("letter.typ", confirmation_sheet(paper), issued_on=paper.issued_on)


def delivery_note_pdf(paper: DeliveryPaper) -> bytes:
    """Return the delivery note as PDF/A-3b."""
    return _typeset("letter.typ", delivery_sheet(paper), issued_on=paper.shipped_on)


def label_pdf(paper: LabelPaper) -> bytes:
    """Return the parcel label as PDF, A6 upright, with Code 128 and a QR code of the tracking number.

    Raises:
        ValueError: the tracking number is empty or has characters outside ASCII.
    """
    language = paper.language
    with override(language):
        count, total = paper.parcel
        facts = [
            (pgettext("paper", "Parcel"), f"{count} / {total}"),
            (pgettext("paper", "Weight"), f"{quantity(paper.weight, language)} kg" if paper.weight else ""),
            (pgettext("paper", "Date"), day(paper.shipped_on, language) if paper.shipped_on else ""),
            (pgettext("paper", "Order number"), short(paper.reference, 24)),
        ]
        recipient = paper.recipient
        abroad = recipient.country.upper() != paper.sender.country.upper()
        street = (recipient.name, recipient.extra_line, recipient.street)
        sheet = {
            "language": language,
            "title": f"{short(paper.carrier, 40)} {paper.tracking_number}",
            "carrier": short(paper.carrier, 40),
            "service": short(paper.service, 18) or "–",
            "from_words": pgettext("paper", "From"),
            "to_words": pgettext("paper", "To"),
            "routing_words": pgettext("paper", "Route"),
            "sender": address_rows(paper.sender, language=language, home=paper.sender.country),
            "recipient": [row for part in street if (row := short(part, 48))],
            "town": short(f"{recipient.postal_code} {recipient.city}", _SHORT_TOWN),
            "country": country_name(recipient.country, language) if abroad else "",
            "facts": [(label, value) for label, value in facts if value],
            "routing_code": short(paper.routing_code, _SHORT_ROUTING_CODE) or "–",
            "tracking_number": paper.tracking_number,
            "bar_code": code128_svg(paper.tracking_number),
            "square_code": two_dimensional_svg(paper.tracking_number),
        }
    return _typeset("label.typ", sheet, issued_on=paper.shipped_on)


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_HERE / "fonts")]
    )
    return typst.Compiler(root=str(_HERE / "typst"), font_paths=fonts)


def _typeset(template: str, sheet: dict[str, Any], *, issued_on: date | None) -> bytes:
    """Return the sheet set in type; stamped with noon of the day of issue, so the same sheet gives the same file."""
    stamp = datetime.combine(issued_on, time(12), UTC) if issued_on else datetime(2000, 1, 1, 12, tzinfo=UTC)
    with _one_at_a_time:
        drawn = _compiler().compile(
            input=str(_HERE / "typst" / template),
            format="pdf",
            sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
            pdf_standards="a-3b",
            timestamp=stamp,
        )
    return cast(bytes, drawn)


def _check(packed: bytes, xml: bytes) -> None:
    """Read the packed file back: the attachment, its relation, and what the metadata claim."""
    reader = PdfReader(BytesIO(packed))
    if [list(contents) for name, contents in reader.attachments.items() if name == _ATTACHMENT] != [[xml]]:
        raise BrokenPackageError(f"{_ATTACHMENT} is missing or not the XML of this invoice")
    root = cast(DictionaryObject, reader.trailer["/Root"])
    relations = [entry.get_object()["/AFRelationship"] for entry in cast(list[Any], root["/AF"].get_object())]
    if relations != ["/Alternative"]:
        raise BrokenPackageError(f"the attachment is related as {relations}")
    claims = cast(StreamObject, root["/Metadata"].get_object()).get_data()
    for claim in (
        b"<pdfaid:part>3</pdfaid:part>",
        b"<pdfaid:conformance>B</pdfaid:conformance>",
        b"<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>",
        b"<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>",
    ):
        if claim not in claims:
            raise BrokenPackageError(f"the metadata lack {claim.decode()}")
