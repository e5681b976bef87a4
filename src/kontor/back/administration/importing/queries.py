"""What is read of imports, and of what they are compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from kontor.back.administration.importing.models import ImportFile, ImportRow, ImportTemplate
from kontor.back.administration.importing.records import Rules, fold
from kontor.back.warehouse.models import Location
from kontor.bridge.catalogue.drafting import OWN_FIELDS, PAGE_FIELDS
from kontor.bridge.catalogue.models import Category, CustomerGroup, Membership, Offering
from kontor.bridge.catalogue.queries import list_prices
from kontor.bridge.parties.gathering import WHO
from kontor.bridge.parties.models import Party
from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.rules.models import TaxRate

MOST_SHOWN = 100
_EVERYWHERE = "ZZ"


def files_for(actor: Actor) -> list[ImportFile]:
    """The imports that this actor may see, newest first, without their content."""
    kinds = ["offerings"] if actor.has("offerings.write") else []
    kinds = ["customers", "offerings"] if actor.has("administration.write") else kinds
    rows = ImportFile.objects.filter(kind__in=kinds).select_related("owner").defer("content", "wrong_rows")
    return list(rows.order_by("-id")[:30])


def file_for(file_id: UUID, actor: Actor) -> ImportFile:
    """One import, without its content.

    Raises:
        NotFound: there is none that this actor may see.
    """
    rows = ImportFile.objects.select_related("owner").defer("content", "wrong_rows")
    found = rows.filter(pk=file_id).first()
    if found is None or not _may_see(found, actor):
        raise NotFound(number=str(file_id))
    return found


def _may_see(file: ImportFile, actor: Actor) -> bool:
    return actor.has("administration.write") or (file.kind == "offerings" and actor.has("offerings.write"))


def content_of(file_id: UUID, state: str) -> ImportFile | None:
    """The file with its content, if it is in this state."""
    return ImportFile.objects.filter(pk=file_id, state=state).first()


def wrong_rows_file(file_id: UUID) -> bytes:
    """The workbook of rows that did not go in; empty where there is none."""
    found = ImportFile.objects.filter(pk=file_id).values_list("wrong_rows", flat=True).first()
    return bytes(found or b"")


def locked_file(file_id: UUID, state: str) -> ImportFile | None:
    """The file, locked, if it is (still) in this state."""
    rows = ImportFile.objects.filter(pk=file_id, state=state).defer("content", "wrong_rows")
    return rows.select_for_update().first()


def next_rows(
    file: ImportFile, states: Sequence[str], count: int, *, is_backwards: bool = False
) -> list[ImportRow]:
    """The next rows in one of these states, in the order of the file."""
    rows = ImportRow.objects.filter(file=file, state__in=states)
    return list(rows.order_by("-line" if is_backwards else "line")[:count])


def lines_of(file: ImportFile, keys: Sequence[str]) -> dict[str, int]:
    """The first line of the file in which each of these keys stands and is not wrong."""
    rows = ImportRow.objects.filter(file=file, number__in=keys).exclude(state__in=("new", "wrong"))
    found: dict[str, int] = {}
    for number, line in rows.order_by("-line").values_list("number", "line"):
        found[number] = line
    return found


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of an import by what becomes, or became, of them."""

    waiting: int = 0
    wrong: int = 0
    creates: int = 0
    changes: int = 0
    keeps: int = 0
    created: int = 0
    changed: int = 0
    same: int = 0
    reverted: int = 0
    used: int = 0

    @property
    def total(self) -> int:
        """All rows."""
        return self.to_do + self.is_in + self.wrong + self.waiting + self.reverted + self.used

    @property
    def to_do(self) -> int:
        """Rows that can go in."""
        return self.creates + self.changes + self.keeps

    @property
    def is_in(self) -> int:
        """Rows that are in."""
        return self.created + self.changed + self.same


def counts_of(file: ImportFile) -> Counts:
    """How many rows are in which state. One statement."""
    rows = ImportRow.objects.filter(file=file).values_list("state").annotate(count=Count("id"))
    found = {("waiting" if state == "new" else state): count for state, count in rows}
    return Counts(**found)


def rows_of(file: ImportFile, state: str) -> list[ImportRow]:
    """The first hundred rows of a state."""
    return list(ImportRow.objects.filter(file=file, state=state).order_by("line")[:MOST_SHOWN])


def all_wrong_rows(file: ImportFile) -> Sequence[ImportRow]:
    """Rows that did not go in, in the order of the file."""
    return list(
        ImportRow.objects.filter(file=file, state="wrong").order_by("line").only("cells", "reasons", "line")
    )


def samples_of(file: ImportFile) -> list[list[str]]:
    """The first five rows, to show what stands in each column."""
    return list(ImportRow.objects.filter(file=file).order_by("line").values_list("cells", flat=True)[:5])


def template_for(kind: str, headers: Sequence[str]) -> ImportTemplate | None:
    """The latest mapping kept for exactly these headings."""
    return ImportTemplate.objects.filter(kind=kind, headers=list(headers)).order_by("-saved_at").first()


def rules_of(file: ImportFile) -> Rules:
    """What the words of the file are read with: tax rates of today, categories, customer groups. Four statements."""
    house = current_house()
    rates = TaxRate.objects.filter(jurisdiction__in=(house.jurisdiction, _EVERYWHERE), valid_until=None)
    categories: dict[str, str] = {}
    for row in Category.objects.all():
        categories |= {fold(row.name_de): row.slug, fold(row.name_en): row.slug, row.slug: row.slug}
    groups: dict[str, str] = {}
    for group in CustomerGroup.objects.all():
        groups |= {
            fold(group.name_de): group.code,
            fold(group.name_en): group.code,
            fold(group.code): group.code,
        }
    return Rules(
        decimal_mark=file.decimal_mark,
        rates=dict(rates.values_list("code", "rate")),
        categories=categories,
        groups=groups,
    )


def groups_of(parties: Sequence[UUID]) -> dict[UUID, str]:
    """The customer group that each of these customers is in now."""
    rows = Membership.objects.filter(party_id__in=parties, valid__endswith=None)
    return dict(rows.values_list("party_id", "group_id"))


def category_slugs() -> set[str]:
    """The short names of all categories."""
    return set(Category.objects.values_list("slug", flat=True))


def first_location() -> UUID | None:
    """Where imported stock is put: the first location."""
    return Location.objects.values_list("id", flat=True).first()


def party_numbers(ids: Sequence[UUID]) -> dict[UUID, str]:
    """Customer numbers by id."""
    return dict(Party.objects.filter(id__in=ids).values_list("id", "number"))


def present_values(kind: str, ids: Sequence[UUID], at: datetime) -> Mapping[UUID, dict[str, Any]]:
    """The fields that imports write, as they are now, by id of the customer or offering."""
    if kind == "customers":
        groups = groups_of(ids)
        return {
            row.id: {name: getattr(row, name) for name in WHO} | {"customer_group": groups.get(row.id, "")}
            for row in Party.objects.filter(Q(id__in=ids) & Q(erased_at=None))
        }
    prices: Mapping[UUID, Decimal] = list_prices(ids, current_house().currency, at)
    found: dict[UUID, dict[str, Any]] = {}
    for row in Offering.objects.filter(id__in=ids).select_related("group__category"):
        values = {name: getattr(row, name) for name in OWN_FIELDS} | {"price": prices.get(row.id)}
        if row.group is not None:
            values |= {name: getattr(row.group, name.removeprefix("page_")) for name in PAGE_FIELDS}
            values |= {"page": row.group.slug, "category": row.group.category.slug}
        found[row.id] = values
    return found
