"""What the tests of imports share: files, and one short way to import them."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kontor.config.importing.online_retail import import_online_retail

ODD_ORDERS = Path(__file__).with_name("odd_orders.csv")
HEADER = b"InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
Importer = Callable[[Path], dict[str, Any]]


@pytest.fixture
def take_over(db: None, tmp_path: Path) -> Importer:
    """Import a file into this test's house; the refused lines stand in ``tmp_path / "refused.csv"``."""

    def run(path: Path) -> dict[str, Any]:
        return import_online_retail(path, refused_to=tmp_path / "refused.csv", at=NOW)

    return run


def agrees(report: dict[str, Any]) -> bool:
    """Whether house, file and books say the same."""
    return (
        report["differences"] == []
        and report["revenue_in_ledger"] == report["net_revenue"] == report["net_revenue_of_file"]
        and report["sum_of_all_accounts"] == "0.00"
        and report["chain_is_whole"]
        and [
            report[name] for name in ("open_items", "waiting_deliveries", "open_tasks", "orders_not_through")
        ]
        == [0, 0, 0, 0]
        and report["stock_disagrees"] == 0
    )
