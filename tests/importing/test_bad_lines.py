"""What is refused, one by one and with its reason, while the rest goes in."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from kontor.bridge.orders.models import OrderLine
from kontor.config.words import HouseRefusal
from tests.importing.conftest import HEADER, ODD_ORDERS, Importer, agrees

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
GOOD = b"700001,20001,COSY,1,2011-01-03 08:26,2.55,10001,Spain\n"
BAD = {
    b"700002,20001,CO\x00SY,1,2011-01-03 08:26,2.55,10001,Spain": "It holds a NUL character.",
    b"700003,20001,CAF\xc9,1,2011-01-03 08:26,2.55,10001,Spain": "The line is not UTF-8 text.",
    b"700004,20001,COSY,1,2011-02-30 08:26,2.55,10001,Spain": "“2011-02-30 08:26” is no date.",
    b"700005,20001,COSY,1,31.12.11,2.55,10001,Spain": "“31.12.11” is no date.",
    b"700006,20001,COSY,1,2811-01-03 08:26,2.55,10001,Spain": "lies in the future or before 1990.",
    b"700007,20001,COSY,0,2011-01-03 08:26,2.55,10001,Spain": "“0” is no quantity",
    b"700008,20001,COSY,99999999,2011-01-03 08:26,2.55,10001,Spain": "“99999999” is no quantity",
    b"700009,20001,COSY,1e3,2011-01-03 08:26,2.55,10001,Spain": "“1e3” is no quantity",
    b"700010,20001,COSY,NaN,2011-01-03 08:26,2.55,10001,Spain": "“NaN” is no quantity",
    "700011,20001,COSY,١,2011-01-03 08:26,2.55,10001,Spain".encode(): "“١” is no quantity",
    b"700012,20001,COSY,1,2011-01-03 08:26,inf,10001,Spain": "“inf” is no price",
    b"700013,20001,COSY,1,2011-01-03 08:26,1.23456789,10001,Spain": "“1.23456789” is no price",
    b'700014,20001,COSY,1,2011-01-03 08:26,"2,55",10001,Spain': "“2,55” is no price",
    b"700015,20001,COSY,1,2011-01-03 08:26,-2.55,10001,Spain": "The price is negative.",
    b"700016,20001,COSY,-1,2011-01-03 08:26,2.55,10001,Spain": "belongs on a cancellation (C…).",
    b"C700017,20001,COSY,1,2011-01-03 08:26,2.55,10001,Spain": "A cancellation has negative quantities.",
    b"A700018,B,Adjust,2,2011-01-03 08:26,2.55,10001,Spain": "A bad-debt line has the quantity 1.",
    b"700019,20001,COSY,1,2011-01-03 08:26,2.55": "It has 6 columns instead of 8.",
    b"700020,20001,COSY,1,2011-01-03 08:26,2.55,10001,Spain,more": "It has 9 columns instead of 8.",
    b"7;DROP,20001,COSY,1,2011-01-03 08:26,2.55,10001,Spain": "“7;DROP” is no invoice number.",
    b"700022,,COSY,1,2011-01-03 08:26,2.55,10001,Spain": "The article code must have 1 to 40 characters.",
    b"700023,20001," + b"X" * 201 + b",1,2011-01-03 08:26,2.55,1,Spain": "longer than 200 characters.",
    b"700024,20001," + b"X" * 1_000_001 + b",1,2011-01-03 08:26,2.55,1,Spain": "longer than a million bytes.",
    b"700025,20001,COSY,1,2011-01-03 08:26,2.55,abc,Spain": "“abc” is no customer number.",
    b"700026,20001,COSY,1,2011-01-03 08:26,2.55,10001,": "The country must have 1 to 80 characters.",
    b'700027,20001,"COSY,1,2011-01-03 08:26,2.55,10001,Spain': "A quotation mark is opened and not closed.",
    b"700001,20001,COSY,1,2011-01-03 08:26,2.55,99999,Spain": "It names another customer or country",
    b"700028,POST,lost,-1,2011-01-03 08:26,0.0,,Spain": "is no goods",
}


def test_each_bad_line_is_refused_with_its_reason_and_the_rest_goes_in(
    take_over: Importer, tmp_path: Path
) -> None:
    file = tmp_path / "bad.csv"
    last = b"700099,20001,COSY,2,2011-01-03 09:00,2.55,10001,Spain\n"
    file.write_bytes(HEADER + GOOD + b"".join(line + b"\n" for line in BAD) + last)

    report = take_over(file)

    assert agrees(report)
    assert (report["rejected"], report["lines"], report["net_revenue"]) == (len(BAD), 2, "7.65")
    with (tmp_path / "refused.csv").open(encoding="utf-8", newline="") as stream:
        refused = list(csv.DictReader(stream))
    for row, (place, reason) in zip(refused, enumerate(BAD.values(), start=3), strict=True):
        assert int(row["line"]) == place
        assert reason in row["reason"], row


def test_the_list_of_refused_lines_goes_when_nothing_is_refused_any_more(
    take_over: Importer, tmp_path: Path
) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(HEADER + GOOD + b"broken\n")
    take_over(file)
    assert (tmp_path / "refused.csv").exists()
    file.write_bytes(HEADER + GOOD)
    assert take_over(file)["rejected"] == 0
    assert not (tmp_path / "refused.csv").exists()


def test_a_quoted_name_may_run_over_two_lines(take_over: Importer, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(HEADER + b'700001,20001,"TWO\nLINES",1,2011-01-03 08:26,2.55,10001,Spain\n')
    assert take_over(file)["rejected"] == 0
    assert OrderLine.objects.get().name == "TWO\nLINES"


def test_a_compressed_file_in_a_folder_is_found(take_over: Importer, tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "README.md").write_text("not this one")
    (folder / "online_retail.csv.gz").write_bytes(gzip.compress(ODD_ORDERS.read_bytes()))
    assert take_over(folder)["invoices"] == 9


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "has no column InvoiceNo"),
        ("a.csv", b"InvoiceNo,StockCode\n1,2\n", "has no column Description, Quantity"),
        ("a.csv", HEADER.decode().encode("utf-16"), "has no column"),
        ("a.csv.gz", b"no gzip at all", "cannot be read to its end"),
        ("a.csv.gz", gzip.compress(HEADER + GOOD)[:-20], "cannot be read to its end"),
    ],
)
def test_a_file_that_is_something_else_is_refused_as_a_whole(
    take_over: Importer, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(HouseRefusal, match=reason):
        take_over(tmp_path / name)


def test_a_missing_file_is_refused(take_over: Importer, tmp_path: Path) -> None:
    with pytest.raises(HouseRefusal, match="holds 0 order files"):
        take_over(tmp_path / "nowhere.csv")


def test_nothing_but_a_header_is_an_empty_house(take_over: Importer, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(HEADER)
    report = take_over(tmp_path / "empty.csv")
    assert (report["lines"], report["net_revenue"]) == (0, "0.00")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not here")
def test_naughty_strings_are_stored_unchanged_or_refused(take_over: Importer, tmp_path: Path) -> None:
    words = json.loads((SHARED / "strings" / "blns.json").read_text("utf-8"))
    words += (SHARED / "strings" / "sqli.txt").read_text("utf-8").splitlines()
    words += (SHARED / "strings" / "xss.txt").read_text("utf-8").splitlines()[:500]
    file = tmp_path / "naughty.csv"
    with file.open("w", encoding="utf-8", errors="surrogatepass", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER.decode().strip().split(","))
        for place, word in enumerate(words):
            writer.writerow([700_000 + place, "20001", word, 1, "2011-01-03 08:26", "2.55", "10001", "Spain"])

    report = take_over(file)

    assert agrees(report)
    assert report["invoices"] + report["rejected"] >= len(words)
    stored = dict(OrderLine.objects.values_list("order__number", "name"))
    for number, name in stored.items():
        assert name in (words[int(number) - 700_000], "20001", "COSY") or not words[int(number) - 700_000]
