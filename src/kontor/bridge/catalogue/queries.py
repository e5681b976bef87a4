"""What is read of the catalogue by other rooms."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from kontor.bridge.catalogue.models import CustomerGroup, Offering, OfferingGroup, Price
from kontor.kernel.language import in_german
from kontor.kernel.rules.models import TaxRate
from kontor.kernel.sql import Statements

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category as pages show it; ``parent_slug`` is None on the upper level."""

    id: UUID
    slug: str
    parent_slug: str | None
    name_de: str
    name_en: str
    art: str

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_de if in_german() else self.name_en


def categories() -> list[Shelf]:
    """All categories in their order. One statement."""
    return [Shelf(*row) for row in _sql.rows("categories")]


def tax_classes() -> set[str]:
    """The tax classes that the rules know."""
    return set(TaxRate.objects.values_list("code", flat=True).distinct())


def customer_groups() -> dict[str, CustomerGroup]:
    """The customer groups in their order, by code."""
    return {group.code: group for group in CustomerGroup.objects.all()}


def locked_offerings(numbers: Sequence[str]) -> dict[str, Offering]:
    """Offerings by number, locked in key order, each with its page."""
    rows = Offering.objects.filter(number__in=numbers).select_related("group__category")
    return {row.number: row for row in rows.order_by("id").select_for_update(of=("self",))}


def locked_numbers(ids: Collection[UUID]) -> dict[UUID, str]:
    """Numbers of offerings, locked in key order."""
    rows = Offering.objects.filter(id__in=ids).order_by("id").select_for_update()
    return dict(rows.values_list("id", "number"))


def locked_groups(slugs: Collection[str], ids: Collection[UUID | None]) -> dict[UUID, OfferingGroup]:
    """Pages by id that have one of these slugs or ids, locked in key order."""
    wanted = Q(slug__in=slugs) | Q(id__in=[one for one in ids if one is not None])
    rows = OfferingGroup.objects.filter(wanted).select_related("category").order_by("id")
    return {row.id: row for row in rows.select_for_update(of=("self",))}


def list_prices(ids: Collection[UUID], currency: str, at: datetime) -> Mapping[UUID, Decimal]:
    """What one unit costs everybody at an instant, gross."""
    rows = Price.objects.filter(
        offering_id__in=ids, currency=currency, customer_group="list", min_quantity=0, valid__contains=at
    )
    return dict(rows.values_list("offering_id", "amount"))


def priced_ever(ids: Collection[UUID], currency: str, at: datetime) -> set[UUID]:
    """Which of these have a list price for one unit at an instant."""
    return set(list_prices(ids, currency, at))


def prices_of(ids: Collection[UUID], currency: str) -> list[Price]:
    """All prices of offerings, of the past and the future too, oldest first."""
    return list(Price.objects.filter(offering_id__in=ids, currency=currency).order_by("valid", "id"))
