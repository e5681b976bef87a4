"""Importing files, as somebody does who moves in with customers and offerings of another system."""

import csv
import gzip
import html
import io
import json
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from kontor.back.administration.importing import jobs, stepping
from kontor.back.administration.importing.models import ImportFile, ImportRow
from kontor.back.administration.importing.reading import Broken, decimal_mark_of, decoded, delimiter_of
from kontor.back.administration.importing.records import Rules, record_of
from kontor.back.administration.tests.uploading import (
    customers,
    imported,
    run,
    states,
    tried,
    upload,
)
from kontor.bridge.catalogue.models import Category, Offering, OfferingGroup, Price
from kontor.bridge.catalogue.shelving import keep_customer_group
from kontor.bridge.parties.models import Address, Party
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.models import Event

SHARED = Path(__file__).resolve().parents[6] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not there")
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def clerk(house, staff_client):
    return staff_client("back", "administration")


def test_of_a_thousand_rows_with_twenty_bad_ones_980_are_in_and_20_come_back(clerk):
    file = tried(clerk, upload(clerk, customers(1000, bad=20)))
    assert file.state == "checked" and Party.objects.count() == 0  # the trial run writes nothing
    assert states(file) == {"wrong": 20, "creates": 980}
    file = run(clerk, file)
    assert file.state == "done" and states(file) == {"wrong": 20, "created": 980}
    assert Party.objects.count() == Address.objects.count() == 980
    back = clerk.get(f"/imports/{file.id}/rows/wrong.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(back), delimiter=";"))
    assert len(rows) == 21 and "kein-at" in rows[1][0] and rows[1][1] == "C00000"
    book = load_workbook(io.BytesIO(clerk.get(f"/imports/{file.id}/rows/wrong.xlsx").content))
    assert book.active.max_row == 21


def test_the_same_file_a_second_time_changes_nothing(clerk):
    imported(clerk, customers(30))
    before = list(Party.objects.order_by("id").values()), Event.objects.count()
    second = imported(clerk, customers(30))
    assert states(second) == {"same": 30}
    assert (list(Party.objects.order_by("id").values()), Event.objects.count()) == before
    assert Address.objects.count() == 30


def test_mended_rows_come_back_as_they_were_given_out(clerk):
    text = (
        "Kundennummer;Name;E-Mail;Telefon\nA1;Anna Behrens;anna(at)example;+49 421 1\nA2;=1+1;b@example.org;1"
    )
    first = imported(clerk, text)
    back = clerk.get(f"/imports/{first.id}/rows/wrong.csv").content.decode("utf-8-sig")
    assert "'+49 421 1" in back  # no formula for a spreadsheet
    mended = imported(clerk, back.replace("anna(at)example", "anna@example.org"))
    assert states(mended) == {"created": 1} and Party.objects.get(number="A1").phone == "+49 421 1"
    assert Party.objects.get(number="A2").family_name == "=1+1"


def test_a_killed_worker_goes_on_where_it_stopped(clerk, monkeypatch):
    file = tried(clerk, upload(clerk, customers(90)))
    monkeypatch.setattr(stepping, "IMPORTED_AT_ONCE", 30)
    clerk.post(f"/imports/{file.id}/start/")
    whole, batches = stepping._customers_in, []

    class Killed(BaseException):
        pass

    def die_in_the_second(*args):
        whole(*args)
        batches.append(1)
        if len(batches) == 2:
            raise Killed

    monkeypatch.setattr(stepping, "_customers_in", die_in_the_second)
    with pytest.raises(Killed):
        jobs.carry_on(file_id=file.id)
    assert Party.objects.count() == 30
    jobs.carry_on(file_id=file.id)
    assert Party.objects.count() == 90 and states(file) == {"created": 90}


def test_a_stopped_import_goes_on_or_is_taken_back(clerk):
    file = tried(clerk, upload(clerk, customers(5)))
    clerk.post(f"/imports/{file.id}/start/")
    clerk.post(f"/imports/{file.id}/stop/")
    jobs.carry_on(file_id=file.id)
    assert Party.objects.count() == 0
    assert states(run(clerk, file)) == {"created": 5}


def test_taking_back_removes_what_is_new_restores_what_was_changed_and_keeps_what_is_used(clerk, trade):
    anna = trade.party()
    Party.objects.filter(id=anna.id).update(phone="0421 1")
    keep_customer_group(code="club", names=("Verein", "Club"), includes_tax=True, by=the_house(), at=NOW)
    file = imported(
        clerk,
        "Kundennummer;Vorname;Nachname;Telefon;Kundengruppe;Straße;PLZ;Ort\n"
        f"{anna.number};Anna;Behrens;0421 2;Verein;Neuer Weg 1;28199;Bremen\n"
        "N1;Neu;Eins;;;;;\nN2;Neu;Zwei;;Verein;;;\n",
    )
    assert states(file) == {"changed": 1, "created": 2}
    bike = trade.offering()
    trade.order((bike, 1), party=Party.objects.get(number="N2"))
    clerk.post(f"/imports/{file.id}/revert/")
    jobs.carry_on(file_id=file.id)
    file.refresh_from_db()
    anna.refresh_from_db()
    assert file.state == "reverted" and states(file) == {"reverted": 2, "used": 1}
    assert anna.phone == "0421 1" and Address.objects.filter(party=anna).count() == 0
    assert not Party.objects.filter(number="N1").exists() and Party.objects.filter(number="N2").exists()
    assert "N2" in clerk.get(f"/imports/{file.id}/").content.decode()
    clerk.post(f"/imports/{file.id}/revert/")  # a second time: nothing more
    assert states(file) == {"reverted": 2, "used": 1}


def test_what_somebody_changed_since_is_not_taken_back(clerk, trade):
    anna = trade.party()
    file = imported(clerk, f"Kundennummer;Nachname;Telefon\n{anna.number};Behrens;0421 2\n")
    Party.objects.filter(id=anna.id).update(phone="0421 3")
    clerk.post(f"/imports/{file.id}/revert/")
    jobs.carry_on(file_id=file.id)
    anna.refresh_from_db()
    assert anna.phone == "0421 3" and states(file) == {"used": 1}


def test_the_worker_does_all_of_it_with_its_own_role(clerk, as_role):
    """As ``kontor_back``: reading, trying, importing, taking back."""
    file = upload(clerk, customers(3))
    goods = upload(clerk, OFFERINGS, "offerings")
    for one in (file, goods):
        fields = {f"column_{place}": field for place, field in enumerate(one.fields)}
        clerk.post(f"/imports/{one.id}/columns/", {"decimal_mark": ",", **fields})
        for deed in ("start", "revert"):
            with as_role("kontor_back"):
                jobs.carry_on(file_id=one.id)
            clerk.post(f"/imports/{one.id}/{deed}/")
        with as_role("kontor_back"):
            jobs.carry_on(file_id=one.id)
        one.refresh_from_db()
        assert one.state == "reverted"
    assert Party.objects.count() == 0 and not Offering.objects.filter(number="A-2").exists()


OFFERINGS = (
    "Artikelnummer;Bezeichnung;Kategorie;Bruttopreis;MwSt;Einheit;Gewicht (kg);Lagerbestand\n"
    "A-1;Klingel;Zubehör;12,50;19%;Stk;0,12;7\n"
    "A-2;Honig;Lebensmittel;1.234,50;7;Stück;0,5;\n"
    "A-2;Doppelt;Zubehör;1;19;Stk;;\n"
    "A-3;Falsch;Zubehör;zwölf;19;Stk;;\n"
    "A-4;Krumm;Zubehör;1;33;Fass;;\n"
)


def test_offerings_come_with_categories_prices_tax_and_stock(clerk):
    Category.objects.create(slug="zubehoer", name_de="Zubehör", name_en="Accessories")
    file = tried(clerk, upload(clerk, OFFERINGS, "offerings"), sells_at_once="on")
    assert states(file) == {"creates": 2, "wrong": 3}
    reasons = {row.line: " ".join(row.reasons) for row in ImportRow.objects.filter(file=file, state="wrong")}
    assert "A-2" in reasons[4] and "zwölf" in reasons[5] and "33" in reasons[6] and "Fass" in reasons[6]
    run(clerk, file)
    bell, honey = Offering.objects.get(number="A-1"), Offering.objects.get(number="A-2")
    assert (bell.weight_g, bell.is_published, bell.unit, bell.tax_code) == (120, True, "piece", "standard")
    assert honey.tax_code == "reduced" and honey.group.category.slug == "lebensmittel"
    assert Price.objects.get(offering=honey).amount == Decimal("1234.50")
    clerk.post(f"/imports/{file.id}/revert/")
    jobs.carry_on(file_id=file.id)
    assert (
        not Offering.objects.filter(number="A-2").exists()
        and not OfferingGroup.objects.filter(slug="honig").exists()
    )
    assert Offering.objects.filter(number="A-1").exists()  # its stock is on the books
    assert states(file) == {"wrong": 3, "reverted": 1, "used": 1}


def test_a_changed_price_is_dated_and_taken_back_by_another_dated_price(clerk, trade):
    bell = trade.offering(price="10.00", stock=0)
    file = imported(clerk, f"Nummer;Preis\n{bell.number};11,00\n", "offerings")
    assert states(file) == {"changed": 1} and bell.prices.count() == 2
    clerk.post(f"/imports/{file.id}/revert/")
    jobs.carry_on(file_id=file.id)
    assert bell.prices.get(valid__endswith=None).amount == Decimal("10.00")


def test_what_is_not_ready_does_not_go_on_sale_at_once(clerk):
    file = tried(clerk, upload(clerk, "Nummer;Name\nX-1;Ohne Preis\n", "offerings"), sells_at_once="on")
    assert states(file) == {"wrong": 1}


def workbook(rows):
    book, buffer = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_is_read_like_a_text_file(clerk):
    content = workbook(
        [["Artikelnummer", "Bezeichnung", "Preis"], [4711, "Klingel", 12.5], ["B-2", "Sattel", 30]]
    )
    file = imported(clerk, content, "offerings")
    assert states(file) == {"created": 2}
    assert Price.objects.get(offering__number="4711").amount == Decimal("12.50")


def zipped(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def lying():
    """A workbook whose table of contents says that a part is small, while it unpacks to far more."""
    content = bytearray(zipped({"xl/workbook.xml": b"x", "xl/worksheets/sheet1.xml": b"0" * 5_000_000}))
    size = (5_000_000).to_bytes(4, "little")
    place = content.rfind(size)
    content[place : place + 4] = (100).to_bytes(4, "little")
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \r\n ",
        b"%PDF-1.7 and more",
        b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        b"PK\x03\x04 broken",
        bytes(range(256)) * 40,
        b"<html><body>Login</body></html>",
        zipped({"word/document.xml": b"x"}),
        zipped({"xl/workbook.xml": b"x", "xl/vbaProject.bin": b"x"}),
        zipped({"xl/workbook.xml": b"x", "xl/sheet.xml": b"0" * 210_000_000}),
        b"a;b\n" + b"x" * 20_000_001,
    ],
    ids=["empty", "blank", "pdf", "old", "cut", "binary", "html", "word", "macros", "bomb", "huge"],
)
def test_what_is_no_table_is_refused_at_the_door(clerk, content):
    assert upload(clerk, content, name="liste.xlsx") is None and ImportFile.objects.count() == 0


@pytest.mark.parametrize(
    "content",
    [
        lying(),
        workbook([]),
        workbook([["Nummer", "Name"]]),
        b"Nummer;Name\n",
        zipped({"xl/workbook.xml": b"<x/>"}),
    ],
    ids=["lying", "empty sheet", "headings only", "headings only, text", "no sheets"],
)
def test_what_cannot_be_read_to_its_end_says_so(clerk, content):
    file = upload(clerk, content, "offerings")
    assert file.state == "broken" and file.problem
    assert file.problem in clerk.get(f"/imports/{file.id}/").content.decode().replace("&quot;", '"')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_usual_way_of_writing_a_table_is_understood(encoding, delimiter):
    content = f'Nummer{delimiter}Größe\r\n1{delimiter}"a{delimiter}b"\r\n2{delimiter}c\r\n'.encode(encoding)
    text, _how = decoded(content)
    assert text.startswith("Nummer") and "Größe" in text and delimiter_of(text) == delimiter


@pytest.mark.parametrize(
    ("cells", "mark"),
    [(["1.234,50"], ","), (["1,234.50"], "."), (["3,5", "4,25"], ","), (["1.234"], ""), ([], "")],
)
def test_the_sign_before_decimals_is_found(cells, mark):
    assert decimal_mark_of([cells]) == mark


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("1.234,50 €", ",", "1234.50"),
        ("EUR 12", ",", "12"),
        ("1,234.5", ".", "1234.5"),
        ("0,005", ",", "0.005"),
    ],
)
def test_amounts_are_read_as_they_are_written(house, text, mark, number):
    record = record_of("offerings", ["number", "price"], ["A", text], Rules(decimal_mark=mark))
    assert record.problems == [] and record.draft.price == Decimal(number)


@pytest.mark.parametrize("text", ["12,34,5", "1.23,4", "-5", "zehn", "1e5", "9" * 30, "12;"])
def test_what_is_no_amount_is_said_so(house, text):
    assert record_of("offerings", ["number", "price"], ["A", text], Rules(decimal_mark=",")).problems


def test_a_mapping_is_kept_and_taken_by_the_next_file_with_the_same_headings(clerk):
    strange = "Spalte A;Spalte B\nQ1;Anna\n"
    file = upload(clerk, strange)
    assert file.fields == ["", ""]
    refused = clerk.post(f"/imports/{file.id}/columns/", {"decimal_mark": ",", "column_1": "family_name"})
    assert refused.status_code == 422
    file.fields = ["number", "family_name"]
    tried(clerk, file, template="Altsystem")
    assert upload(clerk, strange).fields == ["number", "family_name"]


def test_headings_are_understood_as_other_programs_write_them(clerk):
    ours = "SKU;Name (deutsch);Name englisch;Preis in EUR;Einkauf;Menge;Variant Grams"
    file = upload(clerk, f"{ours}\nA;Garn;Yarn;3,50;1;7;100\n", "offerings")
    assert file.fields == ["number", "name_de", "name_en", "price", "cost", "stock", "weight_g"]


def test_a_file_without_names_says_so_once_and_not_only_row_by_row(clerk):
    hint = "Keine Spalte ist der deutsche Name."
    file = tried(clerk, upload(clerk, "SKU;Wort\nA;Garn\nB;Seil\n", "offerings"))
    assert clerk.get(f"/imports/{file.id}/").content.decode().count(hint) == 1
    file = tried(clerk, upload(clerk, "SKU;Name\nA;Garn\nB;\n", "offerings"))
    assert hint not in clerk.get(f"/imports/{file.id}/").content.decode(), (
        "there a name is missing in one row"
    )


def test_an_email_that_fits_several_customers_is_not_guessed(clerk, trade):
    trade.party(), trade.party()
    file = tried(clerk, upload(clerk, "E-Mail;Nachname\nanna.behrens@example.org;Neu\n"))
    assert states(file) == {"wrong": 1}


def test_who_may_not_import_customers_does_not(house, staff_client):
    conception = staff_client("back", "product-conception")
    assert (
        conception.post(
            "/imports/", {"kind": "customers", "file": SimpleUploadedFile("a.csv", b"Nummer;Name\n1;A\n")}
        ).status_code
        == 422
    )  # not offered to them
    assert upload(conception, "Nummer;Name\nA1;Klingel\n", "offerings").state == "read"
    assert staff_client("back", "warehouse").get("/imports/").status_code == 403


def test_a_file_of_customers_is_not_shown_to_who_keeps_offerings(clerk, staff_client):
    file = upload(clerk, customers(3))
    assert staff_client("back", "product-conception").get(f"/imports/{file.id}/").status_code == 404


@pytest.mark.shared
@needs_shared
def test_naughty_strings_are_stored_as_they_are(clerk):
    naughty = [
        text.strip(" \t\r\n\u00a0")
        for text in json.loads((SHARED / "strings" / "blns.json").read_text())
        if text.strip(" \t\r\n\u00a0") and "\0" not in text and len(text.strip()) <= 120
    ]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(["Kundennummer", "Firma"])
    writer.writerows([f"N{place:04}", text] for place, text in enumerate(naughty))
    imported(clerk, buffer.getvalue().encode())
    stored = dict(Party.objects.values_list("number", "organisation"))
    assert [stored.get(f"N{place:04}") for place in range(len(naughty))] == naughty


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize(
    ("path", "kind", "rows"),
    [
        ("northwind/Customers", "customers", 91),
        ("northwind/Products", "offerings", 77),
        ("adventureworks/Product", "offerings", 504),
    ],
)
def test_real_tables_go_in_with_the_columns_as_they_are_suggested(clerk, path, kind, rows):
    file = imported(clerk, gzip.decompress((SHARED / f"{path}.csv.gz").read_bytes()), kind)
    wrong = list(ImportRow.objects.filter(file=file, state="wrong").values_list("line", "reasons"))
    assert file.rows == rows and wrong == [] and states(file) == {"created": rows}


def damaged(part, content):
    """A workbook of which one part says something else: ``content`` of what it said."""
    book, whole, broken = Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["Kundennummer", "Firma"])
    book.active.append(["C1", "Firma GmbH"])
    book.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        assert part in old.namelist()
        for name in old.namelist():
            new.writestr(name, content(old.read(name)) if name == part else old.read(name))
    return broken.getvalue()


@pytest.mark.filterwarnings("ignore:Workbook contains no stylesheet")
@pytest.mark.parametrize(
    "content",
    [
        lambda said: said[: len(said) // 2],
        lambda said: said[:-3],
        lambda said: b"",
        lambda said: b"<a/>",
    ],
    ids=["half", "almost", "empty", "other"],
)
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"]
)
def test_a_damaged_workbook_is_said_to_be_damaged_and_not_read_for_ever(clerk, part, content):
    file = upload(clerk, damaged(part, content), name="kunden.xlsx")
    assert file.state in ("broken", "read")
    if file.state == "broken":
        assert file.problem and file.problem in html.unescape(
            clerk.get(f"/imports/{file.id}/").content.decode()
        )
        jobs.carry_on(file_id=file.id)  # a repeat changes nothing
        assert file.problem == ImportFile.objects.get(id=file.id).problem


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml"])
def test_a_workbook_that_breaks_off_is_broken(clerk, part):
    file = upload(clerk, damaged(part, lambda said: said[: len(said) // 2]), name="kunden.xlsx")
    assert file.state == "broken" and file.problem == str(Broken())
