"""Writes ``kernel/clocks/holidays.csv``, the public holidays of the German Länder, from the library *holidays*.

Run it after updating that library (a test compares both). The running house reads the small file instead of the
library, which would cost every process 20 MB.
"""

import csv
from datetime import date
from pathlib import Path

from holidays import country_holidays

FILE = Path(__file__).resolve().parents[1] / "src/kontor/kernel/clocks/holidays.csv"
YEARS = range(2000, 2051)
LANDS = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH")

type Row = tuple[date, str, str, str]


def rows() -> list[Row]:
    """Return day, Länder (``*`` for all), German and English name of every holiday, in order."""
    lands: dict[tuple[date, str, str], list[str]] = {}
    for land in LANDS:
        german = country_holidays("DE", subdiv=land, years=YEARS, language="de")
        english = country_holidays("DE", subdiv=land, years=YEARS, language="en_US")
        for day, name in german.items():
            lands.setdefault((day, name, english[day]), []).append(land)
    return sorted(
        (day, "*" if len(where) == len(LANDS) else " ".join(where), name_de, name_en)
        for (day, name_de, name_en), where in lands.items()
    )


def main() -> None:
    """Write the file anew."""
    with FILE.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow(["day", "lands", "name_de", "name_en"])
        writer.writerows(rows())


if __name__ == "__main__":
    main()
