"""The papers as PDF, as the customer who opens the letter sees them."""

import json
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import batched

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from kontor.bridge.documents.rendering import pdf, wording
from kontor.bridge.documents.rendering.einvoice import cii_xml
from kontor.bridge.documents.rendering.letters import invoice_sheet
from kontor.bridge.documents.rendering.pdf import confirmation_pdf, delivery_note_pdf, invoice_pdf, label_pdf
from kontor.bridge.documents.rendering.text import printable
from kontor.bridge.documents.tests import sample_papers
from kontor.bridge.documents.tests.sample_papers import BICYCLE, HELMETS, TUBES, credit_note, invoice

STRINGS = sample_papers.SHARED / "strings"
needs_strings = pytest.mark.skipif(not STRINGS.exists(), reason="the set of hostile strings is not here")


def pages(file):
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(file)).pages]


def words(file):
    return " ".join(pages(file))


def plain(text):
    """Text without blanks: the typesetter may break a row anywhere."""
    return "".join(text.replace("\u200b", "").split())


def test_an_invoice_holds_its_xml_as_alternative_and_claims_en_16931_in_pdf_a_3b():
    paper = invoice()
    file = invoice_pdf(paper)
    reader = PdfReader(BytesIO(file))

    assert {name: list(contents) for name, contents in reader.attachments.items()} == {
        "factur-x.xml": [cii_xml(paper)]
    }
    root = reader.trailer["/Root"]
    (attached,) = (entry.get_object() for entry in root["/AF"].get_object())
    assert attached["/AFRelationship"] == "/Alternative"
    assert attached["/EF"]["/F"].get_object()["/Subtype"] == "/text/xml"
    claims = root["/Metadata"].get_object().get_data().decode()
    assert "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in claims
    assert "<fx:DocumentType>INVOICE</fx:DocumentType>" in claims
    assert "<pdfaid:part>3</pdfaid:part>" in claims and "<pdfaid:conformance>B</pdfaid:conformance>" in claims
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert root["/Lang"] == "de"
    assert "/Encrypt" not in reader.trailer and len(reader.trailer["/ID"]) == 2


def test_every_font_is_embedded():
    reader = PdfReader(BytesIO(invoice_pdf(invoice())))

    for page in reader.pages:
        fonts = [font.get_object()["/DescendantFonts"][0] for font in page["/Resources"]["/Font"].values()]
        names = {str(font["/BaseFont"]).split("+")[1].split("-")[0] for font in fonts}
        assert names <= {"Inter", "KontorSerif"}
        assert all({"/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"]) for font in fonts)


def test_an_invoice_shows_what_14_ustg_asks_for():
    shown = words(invoice_pdf(invoice(language="en")))

    for fact in (
        "Weserrad GmbH",
        "Schlachte 12",
        "Anna Behrens",
        "Am Wall 137",
        "DE811111114",
        "RE-2026-00042",
        "22 Nov 2026",
        "Rennrad Road-150 Rot, 56 cm",
        "1\u00a0pcs".replace("\u00a0", " "),
        "Delivery date",
        "€2,583.88",
        "Contains 19% VAT on net €2,158.81",
        "€410.17",
        "Contains 7% VAT on net €13.93",
        "€0.97",
        "The date of delivery is the date of this document.",
        "6 Dec 2026",
    ):
        assert fact in shown, fact


def test_what_is_not_true_is_not_printed():
    later = words(invoice_pdf(invoice(language="en", delivered_on=date(2026, 11, 20))))
    ahead = words(invoice_pdf(invoice(language="en", delivered_on=None)))

    assert "The date of delivery is the date of this document." not in later + ahead
    assert "not been delivered yet" in ahead and "not been delivered yet" not in later
    assert "Delivery date" in later and "Delivery date" not in ahead


@pytest.mark.parametrize(
    "paper",
    [
        invoice(BICYCLE, language="en", paid_amount=Decimal("2499.00")),
        invoice(language="en", payment_means="provider", provider_name="Testbank"),
        credit_note(language="en"),
    ],
    ids=["paid", "through a provider", "credit note"],
)
def test_where_nothing_is_to_be_transferred_there_is_no_girocode(paper):
    assert "GiroCode" not in words(invoice_pdf(paper))


def test_a_part_payment_is_shown_and_the_girocode_asks_for_the_rest():
    paper = invoice(BICYCLE, language="en", paid_amount=Decimal("500.00"))
    shown = words(invoice_pdf(paper))

    assert "−€500.00" in shown and "€1,999.00" in shown and "GiroCode" in shown


def test_a_long_invoice_carries_its_sum_from_page_to_page_and_numbers_them():
    paper = invoice(*[BICYCLE, HELMETS, TUBES] * 14, language="en")
    shown = pages(invoice_pdf(paper))

    assert len(shown) == 3
    for number, page in enumerate(shown, start=1):
        assert f"Page {number} of 3" in page
        assert "Article" in page  # the head of the table repeats
    for number in (1, 2):
        (carried,) = [
            line.split("page")[1].split()[1] for line in shown[number - 1].split("Carried forward to")[1:]
        ]
        assert f"Carried forward from page {number} {carried}" in shown[number]
    assert "Carried forward" not in pages(invoice_pdf(invoice(language="en")))[0]


@pytest.mark.parametrize("count", range(8, 17))
def test_every_line_is_printed_exactly_once_wherever_the_page_ends(count):
    bought = [(f"Artikel-{number:02d}", "1", "10.00", "19") for number in range(1, count + 1)]
    shown = words(invoice_pdf(invoice(*bought)))

    assert all(shown.count(name) == 1 for name, *_ in bought)


def test_a_german_letter_is_german_throughout():
    with override("en"):
        sheet = invoice_sheet(invoice(language="de"))

    assert sheet["heading"] == "Rechnung"
    assert sheet["sums"][0] == {"words": "Gesamtbetrag", "figure": "2.583,88\u00a0€", "look": "total"}
    assert sheet["page_words"] == "Seite {page} von {pages}"
    assert dict(sheet["facts"])["Nummer"] == "RE-2026-00042"
    assert dict(sheet["facts"])["Lieferdatum"] == "22.11.2026"


def test_a_foreign_address_ends_with_the_country_and_a_domestic_one_does_not():
    abroad = invoice(language="en", buyer=replace(sample_papers.BUYER, city="Wien", country="AT"))

    assert invoice_sheet(abroad)["recipient"][-1] == "AUSTRIA"
    assert invoice_sheet(invoice())["recipient"][-1] == "28195 Bremen"


def test_a_confirmation_asks_for_the_money_in_advance_and_names_the_promised_day():
    shown = words(confirmation_pdf(sample_papers.confirmation(language="en")))

    assert "Order confirmation A-1001" in shown and "27 Nov 2026" in shown
    assert "GiroCode" in shown and "We deliver as soon as it has arrived." in shown


def test_a_delivery_note_goes_to_the_delivery_address_and_shows_no_price():
    shown = words(delivery_note_pdf(sample_papers.delivery(language="en")))

    assert "Familie Behrens" in shown and "WKD0000012345671" in shown
    assert "Still to come" in shown and "What is still to come follows" in shown
    assert "€" not in shown and "Anna Behrens" not in shown


def test_a_label_is_one_a6_page_with_the_tracking_number():
    file = label_pdf(sample_papers.label())
    (page,) = PdfReader(BytesIO(file)).pages

    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (298, 420)
    assert "WKD0000012345671" in words(file) and "28195 Bremen" in words(file)


@pytest.mark.parametrize("number", ["", "Päckchen"])
def test_a_label_without_a_tracking_number_that_bars_can_show_is_refused(number):
    with pytest.raises(ValueError, match="no Code 128"):
        label_pdf(sample_papers.label(tracking_number=number))


@pytest.mark.parametrize(
    "text",
    [
        '#eval("1+1")',
        "$x^2$",
        "*bold* _it_ `code`",
        '#import "x"',
        "{page}",
        "<script>alert(1)</script>",
        "\\u{41}",
        "@label",
    ],
)
def test_what_people_typed_is_printed_and_never_obeyed(text):
    shown = words(invoice_pdf(invoice((text, "1", "1.00", "19"), language="en", notes=(text,))))

    assert plain(shown).count(plain(text)) == 2


def test_what_no_font_here_can_draw_prints_as_a_box_and_stays_exact_in_the_xml():
    name = "漢字 🚲 Ωμέγα Привет"
    paper = invoice((name, "1", "1.00", "19"))
    file = invoice_pdf(paper)

    assert "□□ □ Ωμέγα Привет" in words(file)
    assert "Das Zeichen □ steht für ein Schriftzeichen" in words(file)
    (xml,) = PdfReader(BytesIO(file)).attachments["factur-x.xml"]
    assert name in xml.decode()


def test_printable_text_has_no_invisible_steering():
    assert printable("a\u202eb\u200b\x00c\r\n d") == "abc d"
    assert printable("ﬁ Ａ 𝐁 é") == "fi A B é"


def test_a_megabyte_of_text_is_cut_and_costs_no_time():
    started = time.monotonic()
    long = "Lorem" * 200_000
    file = invoice_pdf(
        invoice(
            (long, "1", "1.00", "19"),
            buyer=replace(sample_papers.BUYER, name=long, street=long),
            notes=(long,),
        )
    )

    assert len(PdfReader(BytesIO(file)).pages) <= 2
    assert time.monotonic() - started < 5


@needs_strings
@pytest.mark.shared
def test_hostile_names_print_without_a_crash_and_with_their_text():
    strings = [text for text in json.loads((STRINGS / "blns.json").read_text()) if text.strip()]
    # Apart, because pypdf's reading of plain letters suffers where the same page stacks accents on them.
    readable = [text for text in strings if text.isascii() and len(text) < 200]
    others = [text for text in strings if text not in readable]

    for some in (*batched(readable, 40), *batched(others, 40)):
        shown = plain(words(invoice_pdf(invoice(*((text, "1", "1.00", "19") for text in some)))))
        for text in some:
            assert text not in readable or plain(printable(text)) in shown


def test_the_same_paper_is_set_to_the_same_bytes():
    paper = sample_papers.confirmation()

    assert confirmation_pdf(paper) == confirmation_pdf(paper)


def test_an_invoice_takes_about_a_twentieth_of_a_second():
    """CPU time, for other work shares the machine; the bound leaves room for a slow one."""
    papers = [
        invoice(*[BICYCLE, HELMETS, TUBES][: 1 + number % 3], number=f"RE-2026-{number:05d}")
        for number in range(40)
    ]
    invoice_pdf(papers[0])
    started = time.process_time()

    for paper in papers:
        invoice_pdf(paper)

    assert (time.process_time() - started) / len(papers) < 0.15


def test_a_package_that_lost_its_xml_is_not_handed_out(monkeypatch):
    monkeypatch.setattr(pdf, "generate_from_file", lambda *args, **kwargs: None)

    with pytest.raises(pdf.BrokenPackageError, match=r"factur-x\.xml is missing"):
        invoice_pdf(invoice())


def test_figures_are_written_as_the_language_writes_them():
    amount = Decimal("-1234567.5")

    assert wording.money(amount, "EUR", "de") == "−1.234.567,50\u00a0€"
    assert wording.money(amount, "EUR", "en") == "−€1,234,567.50"
    assert wording.money(Decimal("2"), "CHF", "en") == "2.00\u00a0CHF"
    assert wording.quantity(Decimal("1.2500"), "de") == "1,25"
    assert wording.unit_price(Decimal("0.084034"), "de") == "0,084034"
    assert wording.percent(Decimal("19.00"), "de") == "19\u00a0%"
    assert wording.country_name("at", "de") == "ÖSTERREICH"
