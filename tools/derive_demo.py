"""Derive the compact data of the demo house from a folder with AdventureWorks (MIT) as gzipped CSV.

Usage: python -m tools.derive_demo FOLDER

Repeatable: the same folder gives the same bytes. Words come from ``config/demo/texts.toml``, choices made by
hand from ``tools/demo_house/seeds.toml``. What each written file holds is told in ``config/demo/data/README.md``.
"""

import csv
import gzip
import io
import itertools
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from tools.demo_house.people import customers, orders, staff
from tools.demo_house.pictures import write_pictures

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "src" / "kontor" / "config" / "demo"
Row = dict[str, str]

DAYS_AGO = {"2008": 1900, "2011": 900, "2012": 535, "2013": 170}
"""AdventureWorks changes prices once a year at the end of May; so does Weserrad, counted back from today."""


LEFT = {"bikes": 11, "components": 18, "clothing": 4, "accessories": 4}
"""AdventureWorks stocks for a chain of stores; divided by these it is stock for one house."""


class Source:
    """The tables of AdventureWorks, read on demand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def table(self, name: str) -> list[Row]:
        """All rows of one table, as text."""
        with gzip.open(self.folder / f"{name}.csv.gz") as raw:
            return list(csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8-sig")))


def slug(text: str) -> str:
    """A readable address part: lower case, umlauts written out, words joined by hyphens."""
    text = text.lower()
    for found, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("'", ""), ("’", "")):
        text = text.replace(found, written)
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


def commercial(list_price: Decimal) -> Decimal:
    """The gross euro price on the label for a list price: x9.00 from 200, x.90 from 20, else x.95."""
    if list_price >= 200:
        return ((list_price + 1) / 10).quantize(Decimal(1)) * 10 - Decimal("1.00")
    if list_price >= 20:
        return Decimal(int(list_price)) + Decimal("0.90")
    return Decimal(int(list_price)) + Decimal("0.95")


def write(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write one CSV file of the demo and say how many rows it has."""
    count = 0
    with (DEMO / "data" / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns)
        for row in rows:
            out.writerow(row)
            count += 1
    print(f"{name}: {count} rows")
    return count


class Catalogue:
    """Sold products with their models, categories and derived numbers."""

    def __init__(self, source: Source, seeds: dict[str, Any], texts: dict[str, Any]) -> None:
        self.seeds = seeds
        self.texts = texts
        tops = {r["ProductCategoryID"]: slug(r["Name"]) for r in source.table("ProductCategory")}
        self.subs = {r["ProductSubcategoryID"]: r for r in source.table("ProductSubcategory")}
        self.parent = {slug(r["Name"]): tops[r["ProductCategoryID"]] for r in self.subs.values()}
        self.products = [
            p
            for p in source.table("Product")
            if p["FinishedGoodsFlag"] == "1" and Decimal(p["ListPrice"]) > 0
        ]
        self.history: dict[str, list[Row]] = defaultdict(list)
        for row in source.table("ProductListPriceHistory"):
            self.history[row["ProductID"]].append(row)
        self.shelves: dict[str, list[Row]] = defaultdict(list)
        for row in source.table("ProductInventory"):
            self.shelves[row["ProductID"]].append(row)
        self.products = sorted(self.products, key=self._order)

    def category(self, product: Row) -> str:
        """Code of the category a product stands in."""
        return slug(self.subs[product["ProductSubcategoryID"]]["Name"])

    def _order(self, product: Row) -> tuple[int, int, Decimal, int, str, tuple[int, str]]:
        tops = list(self.seeds["category_order"])
        category = self.category(product)
        top = self.parent[category]
        place = self.seeds["category_order"][top].index(category)
        dearest = max(
            Decimal(p["ListPrice"]) for p in self.products if p["ProductModelID"] == product["ProductModelID"]
        )
        model = int(product["ProductModelID"])
        return tops.index(top), place, -dearest, model, product["Color"], size_order(product["Size"])

    def art(self, product: Row) -> str:
        """Name of the illustration of a product."""
        own = self.seeds["model_arts"].get(product["ProductModelID"])
        shown: str = own or self.seeds["arts"][self.subs[product["ProductSubcategoryID"]]["Name"]]
        return shown

    def color(self, product: Row) -> list[str]:
        """Code, German, English and paint of a product's colour; four empty strings without one."""
        found: list[str] = self.seeds["colors"].get(product["Color"], ["", "", "", ""])
        return found

    def size(self, product: Row) -> tuple[str, str]:
        """Size and its unit (cm for bicycles and frames, none for clothing)."""
        size = product["Size"]
        if not size or size == "70":
            return "", ""
        return size, "cm" if size.isdigit() else ""

    def picture(self, product: Row) -> str:
        """File name stem of the render that shows a product, or an empty string."""
        color = self.color(product)[0]
        sub = self.subs[product["ProductSubcategoryID"]]["Name"]
        model = product["ProductModelID"]
        pictures = self.seeds["pictures"]
        number = pictures.get(f"{model}.{color}") or pictures.get(f"{sub}.{color}")
        return f"{number:03d}" if number else ""

    def left(self, product: Row) -> int:
        """Pieces in stock after the demo orders: set by hand, or what the finished goods storage has."""
        chosen: int | None = self.seeds["stock"].get(product["ProductNumber"])
        if chosen is not None:
            return chosen
        shelves = self.shelves[product["ProductID"]]
        if not shelves:  # frames: the source builds them into bicycles and keeps none
            return 4 + int(product["ProductID"]) % 9
        pieces = sum(int(row["Quantity"]) for row in shelves if row["LocationID"] != "60")
        return -(-pieces // LEFT[self.parent[self.category(product)]])

    def scarce(self) -> set[str]:
        """Numbers of products of which at most three are left."""
        return {p["ProductNumber"] for p in self.products if self.left(p) <= 3}

    def name(self, product: Row, language: str) -> str:
        """Full product name: model, colour, size."""
        base: str = self.texts["model"][product["ProductModelID"]][language]
        color = self.color(product)[1 if language == "de" else 2]
        size, unit = self.size(product)
        siblings = [p for p in self.products if p["ProductModelID"] == product["ProductModelID"]]
        shows_color = color and (size or len({p["Color"] for p in siblings}) > 1)
        if shows_color:
            base = f"{base} {color}"
        if size:
            base = f"{base}, {size} {unit}".rstrip()
        return base


def size_order(size: str) -> tuple[int, str]:
    """Sort key that puts S before M before L before XL and numbers in their order."""
    letters = {"S": 1, "M": 2, "L": 3, "XL": 4}
    return (int(size) if size.isdigit() else letters.get(size, 0)), size


def grams(product: Row) -> str:
    """Weight in whole grams, or an empty string where the source has none."""
    if not product["Weight"]:
        return ""
    weight = Decimal(product["Weight"])
    if product["WeightUnitMeasureCode"].strip() == "LB":
        weight *= Decimal("453.59237")
    return str(int(weight.quantize(Decimal(1))))


def write_categories(catalogue: Catalogue) -> None:
    """Two levels of categories, in the order of the shop."""
    words = catalogue.texts["category"]
    rows: list[Sequence[object]] = []
    first_art = {
        "bikes": "bike-touring",
        "components": "crankset",
        "clothing": "jersey",
        "accessories": "helmet",
    }
    arts = {slug(name): art for name, art in catalogue.seeds["arts"].items()}
    for position, (top, subs) in enumerate(catalogue.seeds["category_order"].items(), 1):
        for place, (code, parent) in enumerate([(top, ""), *((sub, top) for sub in subs)]):
            word = words[code]
            rows.append(
                (
                    code,
                    parent,
                    position * 100 + place,
                    slug(word["de"]),
                    slug(word["en"]),
                    word["de"],
                    word["en"],
                    word.get("text_de", ""),
                    word.get("text_en", ""),
                    arts.get(code) or first_art[code],
                )
            )
    columns = "code parent position slug_de slug_en name_de name_en text_de text_en art".split()
    write("categories.csv", columns, rows)


def write_models(catalogue: Catalogue) -> None:
    """One row for each model: a group page of the shop."""
    rows: dict[str, Sequence[object]] = {}
    for product in catalogue.products:
        model = product["ProductModelID"]
        if model in rows:
            continue
        word = catalogue.texts["model"][model]
        rows[model] = (
            model,
            catalogue.category(product),
            len(rows) + 1,
            slug(word["de"]),
            slug(word["en"]),
            word["de"],
            word["en"],
            word["text_de"],
            word["text_en"],
            catalogue.art(product),
        )
    columns = "model category position slug_de slug_en name_de name_en text_de text_en art".split()
    write("models.csv", columns, rows.values())
    slugs = [str(row[3]) for row in rows.values()] + [str(row[4]) for row in rows.values()]
    doubles = {
        s for s in slugs if slugs.count(s) > 1 and s not in {str(r[3]) for r in rows.values() if r[3] == r[4]}
    }
    if doubles:
        raise SystemExit(f"Slugs are not unique: {sorted(doubles)}")


def write_offerings(catalogue: Catalogue) -> None:
    """One row for each variant that can be bought, and its earlier prices."""
    rows: list[Sequence[object]] = []
    older: list[Sequence[object]] = []
    for position, product in enumerate(catalogue.products, 1):
        price = commercial(Decimal(product["ListPrice"]))
        size, unit = catalogue.size(product)
        since = DAYS_AGO[product["SellStartDate"][:4]]
        rows.append(
            (
                product["ProductNumber"],
                product["ProductModelID"],
                position,
                catalogue.name(product, "de"),
                catalogue.name(product, "en"),
                catalogue.color(product)[0],
                size,
                unit,
                grams(product),
                price,
                Decimal(product["StandardCost"]).quantize(Decimal("0.01")),
                "standard",
                "piece",
                since,
                catalogue.picture(product),
            )
        )
        steps = sorted(catalogue.history[product["ProductID"]], key=lambda r: r["StartDate"])
        dated = [(DAYS_AGO[s["StartDate"][:4]], commercial(Decimal(s["ListPrice"]))) for s in steps]
        older += (
            (product["ProductNumber"], was, start, end)
            for (start, was), (end, then) in itertools.pairwise(dated)
            if was != then
        )
    columns = (
        "number model position name_de name_en color size size_unit weight_g gross_price net_cost tax_code unit "
        "sold_since_days picture"
    )
    write("offerings.csv", columns.split(), rows)
    write("older_prices.csv", ["number", "gross_price", "from_days_ago", "until_days_ago"], older)
    labels = [("color", code, de, en, paint) for code, de, en, paint in catalogue.seeds["colors"].values()]
    sizes = ((f"{s}", s, s) for s in ("S", "M", "L", "XL"))
    labels += [("size", *size, "") for size in sizes]
    write("labels.csv", ["attribute", "code", "label_de", "label_en", "paint"], labels)


ZONES = {
    "bikes": ("F", "Fahrradlager", "Bicycle hall", 12),
    "components": ("A", "Hochregal A", "High rack A", 18),
    "clothing": ("C", "Textilregal C", "Clothing shelves C", 8),
    "accessories": ("B", "Kleinteile B", "Small parts B", 14),
}
SPECIAL = [
    ("WE", "receiving", "Wareneingang", "Goods in"),
    ("PK", "packing", "Packplatz", "Packing bench"),
    ("VS", "dispatch", "Versandzone", "Dispatch area"),
    ("RT", "returns", "Rücknahme", "Returns"),
    ("SP", "blocked", "Sperrlager", "Blocked stock"),
]


def write_stock(catalogue: Catalogue, ordered: dict[str, int]) -> None:
    """Locations, opening stock (what is left plus what the demo orders take) and planned receipts."""
    locations: dict[str, Sequence[object]] = {
        code: (code, purpose, de, en) for code, purpose, de, en in SPECIAL
    }
    rows: list[Sequence[object]] = []
    for index, product in enumerate(catalogue.products):
        number = product["ProductNumber"]
        top = catalogue.parent[catalogue.category(product)]
        letter, de, en, bays = ZONES[top]
        left = catalogue.left(product)
        opening = left + ordered.get(number, 0)
        places = [f"{letter}{index // 8 % bays + 1:02d}-{index % 4 + 1}{'LR'[index % 2]}"]
        if opening >= 60:
            places.append(f"{letter}R-{index % 9 + 1:02d}")
        for place in places:
            reserve = place[1] == "R"
            bay = place.split("-")
            locations[place] = (
                place,
                "reserve" if reserve else "picking",
                f"{de}, Reserve {bay[1]}" if reserve else f"{de}, Gang {bay[0][1:]}, Fach {bay[1]}",
                f"{en}, reserve {bay[1]}" if reserve else f"{en}, aisle {bay[0][1:]}, bin {bay[1]}",
            )
        if not opening:
            rows.append((number, places[0], 0))
        elif len(places) == 1:
            rows.append((number, places[0], opening))
        else:
            rows += [(number, places[0], opening // 3), (number, places[1], opening - opening // 3)]
    write(
        "locations.csv",
        ["code", "purpose", "name_de", "name_en"],
        sorted(locations.values(), key=lambda row: str(row[0])),
    )
    write("stock.csv", ["number", "location", "quantity"], rows)
    receipts = ((number, *receipt) for number, receipt in catalogue.seeds["receipts"].items())
    write("receipts.csv", ["number", "quantity", "days_ahead", "source"], receipts)


def main(folder: Path) -> None:
    """Write every file of the demo's data folder and its pictures."""
    csv.field_size_limit(10_000_000)
    seeds = tomllib.loads((ROOT / "tools" / "demo_house" / "seeds.toml").read_text(encoding="utf-8"))
    texts = tomllib.loads((DEMO / "texts.toml").read_text(encoding="utf-8"))
    source = Source(folder)
    catalogue = Catalogue(source, seeds, texts)
    write_categories(catalogue)
    write_models(catalogue)
    write_offerings(catalogue)
    people = customers(seeds)
    write("customers.csv", people.columns, people.rows)
    members = staff(seeds, source.table("Person"))
    write("staff.csv", members.columns, members.rows)
    prices = {p["ProductNumber"]: commercial(Decimal(p["ListPrice"])) for p in catalogue.products}
    tops = {p["ProductNumber"]: catalogue.parent[catalogue.category(p)] for p in catalogue.products}
    past = orders(people, prices, tops, catalogue.scarce(), seeds["orders"])
    write("orders.csv", past.columns, past.rows)
    write_stock(catalogue, past.quantities())
    used = {catalogue.picture(p) for p in catalogue.products} - {""}
    write_pictures(folder / "photos", DEMO / "pictures", used)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
