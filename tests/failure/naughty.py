"""What people, scripts and broken clients send into a field: a small list of our own, and the big one where it lies."""

import json
from pathlib import Path

from tests.failure.forms import Sent, Value

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"

SCRIPT = "\r\nBcc: boo@example.org\r\n\"'></textarea></script><script>boo7()</script>"
MARKS = (
    "<script>boo7",
    'href="javascript:boo7',
    'src="javascript:boo7',
    'action="javascript:boo7',
)  # what no page may hold as it was sent

# Whatever a field is for, these may arrive in it.
ANYWHERE: dict[str, Value] = {
    "empty": "",
    "nul": "a\0b",
    "invalid bytes": b"\xed\xa0\x80\xff\xfe",
    "script": SCRIPT,
    "a megabyte": "x" * 1_000_000,
}
TEXTS: dict[str, Value] = {
    "blanks": " \t\u00a0\u200b ",
    "head lines": "a\r\nBcc: x@example.org\r\n\r\nb",
    "placeholders": "%s %(number)s {} {0.__class__} {{ 7 }} {% x %} ${x} \\1",
    "formula": '=HYPERLINK("http://x.example";"a")',
    "wide": "\u202e\ufeff\U0001f469\u200d\U0001f52c Z\u0351\u036b\u0343 \ud7ff\uffff",
    "address": "javascript:boo7()",
    "statement": "'; DROP TABLE orders_order; --",
    "path": "../../../../etc/passwd",
}
NUMBERS: dict[str, Value] = {
    "negative": "-1",
    "minus nothing": "-0",
    "huge": "1e308",
    "beyond": "1" + "0" * 30,
    "no number": "NaN",
    "endless": "-Infinity",
    "eastern": "١٢",
    "tiny": "0,000000001",
    "two marks": "1,000.50,7",
    "long": "9" * 5000,
    "just too large": "9999999999999999",
}
DATES: dict[str, Value] = {
    "no day": "0000-00-00",
    "first of all days": "0001-01-01",
    "last of all days": "9999-12-31",
    "no such day": "31.02.2026",
    "a week": "2026-W55",
    "five digits": "10000-01-01",
    "a word": "gestern",
}
MOMENTS: dict[str, Value] = {
    **{name: f"{value!s}T23:59" for name, value in DATES.items()},
    "first moment": "0001-01-01T00:00",
    "no hour": "2026-11-20T25:61",
}
CHOICES: dict[str, Value] = {
    "no such": "nothing",
    "no such id": "00000000-0000-0000-0000-000000000000",
    "a number": "99999999999999999999",
    "below": "-1",
    "eastern": "١",
}
FILES: dict[str, Value] = {
    "empty file": Sent("a.png", b"", "image/png"),
    "no picture": Sent("a.png", b"<script>boo7()</script>", "image/png"),
    "half a picture": Sent("a.png", bytes.fromhex("89504e470d0a1a0a0000000d49484452"), "image/png"),
    "drawing with script": Sent("a.svg", b"<svg><script>boo7()</script></svg>", "image/svg+xml"),
    "no workbook": Sent("a.xlsx", b"PK\x03\x04 and nothing more", "application/zip"),
    "odd table": Sent("../../a\"b.csv", b'\xff\xfe"a;b\r\n\0;;;;;\r\n' + b'"' * 999, "text/csv"),
    "a megabyte of nothing": Sent("a.csv", b"\0" * 1_000_000, "text/csv"),
}  # fmt: skip
BY_KIND = {
    "text": TEXTS,
    "email": TEXTS,
    "number": NUMBERS,
    "date": DATES,
    "time": MOMENTS,
    "moment": MOMENTS,
    "choice": CHOICES,
    "hidden": CHOICES,
    "file": FILES,
}
# In an address: a number, a slug, an id, the key of the next page.
ADDRESSES: tuple[bytes, ...] = (
    *(b"nothing", b"0", b"-1", b"1" + b"0" * 30, b"%00", b"%FF%FE", b"%D9%A1", b"..%2F..", b"%0D%0Ax", b"x" * 3000),
    *(b"00000000-0000-0000-0000-000000000000", b"2026-02-31", b"0000-00-00", b"9999-12-31", b"'"),
)  # fmt: skip


def big_list() -> list[str]:
    """The Big List of Naughty Strings, where the shared material lies beside this checkout."""
    found = SHARED / "strings" / "blns.json"
    return list(json.loads(found.read_text("utf-8"))) if found.is_file() else []
