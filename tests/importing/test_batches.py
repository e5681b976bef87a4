"""How the file is cut into batches, and what that costs."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kontor.config.importing.documents import Document, Kind, Position, link_credit_notes
from kontor.config.importing.keys import identity
from kontor.config.importing.planning import batches_of, opening_stock
from tests.importing.conftest import HEADER, Importer, agrees

MORNING = datetime(2011, 3, 1, 9, tzinfo=UTC)


def document(kind: Kind, number: str, minutes: int, *positions: tuple[str, int]) -> Document:
    """A document of customer 1 in Spain."""
    found = [
        Position(place, code, code, pieces, Decimal(1)) for place, (code, pieces) in enumerate(positions)
    ]
    return Document(kind, number, "1", "Spain", MORNING + timedelta(minutes=minutes), found)


def test_a_batch_ends_where_a_sale_may_need_what_has_just_come_back() -> None:
    documents = [
        document(Kind.SALE, "1", 0, ("20001", 5)),
        document(Kind.CREDIT_NOTE, "C2", 1, ("20001", 5)),
        document(Kind.SALE, "3", 2, ("20002", 1)),
        document(Kind.SALE, "4", 3, ("20001", 5)),
    ]
    link_credit_notes(documents)

    batches = batches_of(documents)

    assert [[item.number for item in batch.documents] for batch in batches] == [["1", "3", "C2"], ["4"]]
    assert opening_stock(documents, {}) == {"20001": 5, "20002": 1}
    assert opening_stock(documents, {"20001": 4}) == {"20001": 1, "20002": 1}


def test_returns_of_earlier_days_come_before_the_sales_of_their_day() -> None:
    documents = [
        document(Kind.SALE, "1", 0, ("20001", 5)),
        document(Kind.SALE, "2", 1440, ("20001", 2)),
        document(Kind.CREDIT_NOTE, "C3", 1441, ("20001", 1)),
        document(Kind.CORRECTION, "4", 1442, ("20001", 1)),
    ]
    link_credit_notes(documents)
    # The latest sale that has enough is of the same day: its goods come back after it has left, before nothing else.
    assert [[item.number for item in batch.documents] for batch in batches_of(documents)] == [
        ["1"],
        ["2", "C3"],
        ["4"],
    ]
    documents[2].links = [(documents[0], 0)]
    assert [[item.number for item in batch.documents] for batch in batches_of(documents)] == [
        ["1"],
        ["C3", "2", "4"],
    ]


def test_an_id_is_the_same_every_time_and_sorts_by_the_day_of_its_document() -> None:
    earlier, later = (
        identity(MORNING, "sale", "1"),
        identity(MORNING + timedelta(milliseconds=1), "sale", "0"),
    )
    assert earlier == identity(MORNING, "sale", "1") != identity(MORNING, "sale", "2")
    assert earlier < later
    assert (earlier.version, earlier.variant) == (7, "specified in RFC 4122")


def test_a_day_costs_as_many_statements_whatever_is_sold_on_it(take_over: Importer, tmp_path: Path) -> None:
    def statements(name: str, first: int, orders: int) -> int:
        day = f"2011-03-{first:02d}"
        lines = [
            f"{first}{number:05d},20{line:03d},THING,1,{day} 10:00,2.50,{number % 7 + 1},Spain\n"
            for number in range(orders)
            for line in range(4)
        ]
        file = tmp_path / name
        file.write_bytes(HEADER + "".join(lines).encode())
        with CaptureQueriesContext(connection) as captured:
            assert agrees(take_over(file)) is (first == 1)  # later files know nothing of the earlier ones
        return len(captured)

    statements("first.csv", 1, 7)  # customers and articles are known from here on
    assert statements("few.csv", 2, 5) == statements("many.csv", 3, 60)
