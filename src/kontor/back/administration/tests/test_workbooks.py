"""Lists as workbooks, as somebody asks for them who works with spreadsheets."""

import io

import pytest
from openpyxl import load_workbook

from kontor.back.administration.exporting import write_export
from kontor.back.administration.models import Export
from kontor.bridge.catalogue.models import Offering
from tests.trade import NOW


@pytest.fixture
def clerk(house, staff_client):
    return staff_client("back", "administration")


def workbook(clerk, page):
    """Ask for the list behind a page as a workbook; returns its rows."""
    asked = clerk.get(f"{page}?export=xlsx")
    assert asked.status_code == 302 and asked["Location"].startswith("/files/?page=")
    shown = clerk.get(asked["Location"]).content.decode()
    assert 'name="kind" value="xlsx"' in shown
    query = {"page": "offerings.all", "query": "", "kind": "xlsx"}
    clerk.post("/files/", query)
    export = Export.objects.get()
    write_export(export_id=export.id, at=NOW)
    answer = clerk.get(f"/files/{export.id}/")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet") and ".xlsx" in answer["Content-Disposition"]
    return list(load_workbook(io.BytesIO(answer.content)).active.values)


def test_a_list_as_a_workbook_has_numbers_as_numbers_and_never_a_formula(clerk, trade):
    bike = trade.offering(price="1499.00", stock=7)
    Offering.objects.filter(id=bike.id).update(name_de='=HYPERLINK("http://example.org")', name_en="=1+1")
    head, *rows = workbook(clerk, "/offerings/")
    row = next(row for row in rows if row[0] == bike.number)
    assert head[0] in ("Nummer", "Number") and str(row[1]).startswith("=HYPERLINK")
    assert row[-1] == 1499 and 7 in row


def test_asking_twice_makes_one_file_while_it_is_being_made(clerk):
    for _click in range(2):
        clerk.post("/files/", {"page": "offerings.all", "query": "", "kind": "xlsx"})
    assert Export.objects.count() == 1
    clerk.post("/files/", {"page": "offerings.all", "query": ""})
    assert Export.objects.count() == 2  # the CSV is another file
