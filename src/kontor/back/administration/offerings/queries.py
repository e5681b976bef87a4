"""What is read of offerings with drafts, costs and all prices: for staff only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Now

from kontor.bridge.catalogue.models import (
    Category,
    CustomerGroup,
    Membership,
    Offering,
    OfferingGroup,
    Picture,
    Price,
    StorefrontItem,
    SynonymGroup,
)
from kontor.bridge.parties.models import Party
from kontor.bridge.parties.queries import current_house
from kontor.bridge.promises.models import Bucket
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.events.models import Event
from kontor.kernel.language import reader_language
from kontor.kernel.sql import Statements

_sql = Statements(__package__)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FIGURES = re.compile(r"[0-9]{1,12}$")
_FIRST, _LONGEST = "1001", 40
_SOLD_WITHIN = timedelta(days=30)
MOST_VARIANTS = 200
MOST_MEMBERS = 200
MOST_SYNONYM_GROUPS = 500


def _name(prefix: str = "") -> str:
    return f"{prefix}name_{reader_language()}"


def offering_rows(_actor: Actor) -> QuerySet[Any, Any]:
    """Everything the house sells, sold or will sell, with its list price and stock of now."""
    price = Price.objects.filter(
        offering=OuterRef("pk"), customer_group="list", min_quantity=0, valid__contains=Now()
    )
    stock = Bucket.objects.filter(pool__offering=OuterRef("pk"), kind=Bucket.Kind.ON_HAND)
    rows = Offering.objects.annotate(
        name=F(_name()),
        category=F(_name("group__category__")),
        price=Subquery(price.values("amount")[:1]),
        currency=Subquery(price.values("currency")[:1]),
        stock=Subquery(stock.values("capacity")[:1]),
        promised=Subquery(stock.values("promised")[:1]),
        state=_state(),
    )
    return rows.values(
        "id", "number", "name", "kind", "category", "price", "currency", "stock", "promised", "state"
    )


def _state() -> Case:
    return Case(
        When(valid_until__lte=Now(), then=Value("ended")),
        When(is_published=False, then=Value("draft")),
        When(valid_from__gt=Now(), then=Value("planned")),
        default=Value("on_sale"),
        output_field=CharField(),
    )


def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Only drafts, what is on sale, what will be, what has ended."""
    return rows.filter(state=state)


def by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Offerings whose number begins with the text or whose name contains it."""
    return rows.filter(Q(number__istartswith=text) | Q(name_de__icontains=text) | Q(name_en__icontains=text))


def in_category(rows: QuerySet[Any], slug: str) -> QuerySet[Any]:
    """Offerings of a category and of those below it."""
    return rows.filter(Q(group__category__slug=slug) | Q(group__category__parent__slug=slug))


def category_choices() -> list[tuple[str, str]]:
    """Categories by slug, those below another one behind it."""
    rows = list(Category.objects.all())
    name = _name()
    found: list[tuple[str, str]] = []
    for top in (row for row in rows if row.parent_id is None):
        found.append((top.slug, getattr(top, name)))
        below = [row for row in rows if row.parent_id == top.id]
        found += [(row.slug, f"{getattr(top, name)} › {getattr(row, name)}") for row in below]
    return found


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category with how many pages stand in it."""

    row: Category
    pages: int
    below: int


def shelves() -> list[Shelf]:
    """All categories in their order, each upper one before those below it. Two statements."""
    rows = list(Category.objects.all())
    pages: dict[UUID, int] = {}
    for category in OfferingGroup.objects.values_list("category_id", flat=True):
        pages[category] = pages.get(category, 0) + 1
    found = []
    for top in (row for row in rows if row.parent_id is None):
        below = [row for row in rows if row.parent_id == top.id]
        found.append(Shelf(top, pages.get(top.id, 0), len(below)))
        found += [Shelf(row, pages.get(row.id, 0), 0) for row in below]
    return found


@dataclass(frozen=True, slots=True)
class Facts:
    """What lies there, is promised and planned of an offering, and what was sold of it within thirty days."""

    on_hand: Decimal = Decimal(0)
    promised: Decimal = Decimal(0)
    planned: Decimal = Decimal(0)
    next_at: datetime | None = None
    sold: Decimal = Decimal(0)
    has_moved: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One offering with all that its page shows."""

    row: Offering
    is_shown: bool
    prices: Sequence[Price]
    groups: Sequence[CustomerGroup]
    variants: Sequence[Offering]
    pictures: Sequence[Picture]
    facts: Facts
    history: Sequence[Event]
    currency: str

    def state(self, at: datetime) -> str:
        """draft, planned, on_sale or ended."""
        if self.row.valid_until is not None and self.row.valid_until <= at:
            return "ended"
        if not self.row.is_published:
            return "draft"
        return "planned" if self.row.valid_from > at else "on_sale"

    def has_price(self, at: datetime) -> bool:
        """Whether a list price for one unit holds at an instant."""
        return self.list_price(at) is not None

    def list_price(self, at: datetime) -> Decimal | None:
        """What one unit costs everybody at an instant, gross."""
        rows = (row for row in self.prices if row.customer_group == "list" and row.min_quantity == 0)
        return next((row.amount for row in rows if _holds(row, at)), None)


def _holds(price: Price, at: datetime) -> bool:
    lower, upper = price.valid.lower, price.valid.upper
    return (lower is None or lower <= at) and (upper is None or at < upper)


def offering(number: str, at: datetime) -> Card:
    """Everything about one offering. Eight statements.

    Raises:
        NotFound: there is no such offering.
    """
    row = Offering.objects.select_related("group__category").filter(number=number).first()
    if row is None:
        raise NotFound(number=number)
    facts = _sql.one("stock_facts", id=row.id, since=at - _SOLD_WITHIN)
    currency = current_house().currency
    return Card(
        row=row,
        is_shown=StorefrontItem.objects.filter(offering_id=row.id).exclude(group_slug="").exists(),
        prices=list(
            Price.objects.filter(offering_id=row.id, currency=currency).order_by(
                "customer_group", "min_quantity", "valid"
            )
        ),
        groups=list(CustomerGroup.objects.all()),
        variants=list(Offering.objects.filter(group_id=row.group_id).order_by("number")[:MOST_VARIANTS])
        if row.group_id
        else [],
        pictures=list(Picture.objects.filter(group_id=row.group_id)) if row.group_id else [],
        facts=Facts(*facts) if facts else Facts(),
        history=list(
            Event.objects.filter(subject_id=row.id, type__startswith="catalogue.").order_by("-id")[:20]
        ),
        currency=currency,
    )


def next_number() -> str:
    """A number that nobody has yet, for the next offering: as the youngest one that ends in figures, one more."""
    for last in Offering.objects.order_by("-id").values_list("number", flat=True)[:20]:
        found = _FIGURES.search(last)
        if found:
            front, figures = last[: found.start()], found.group()
            numbers = [front + str(int(figures) + more).zfill(len(figures)) for more in range(1, 51)]
            taken = set(Offering.objects.filter(number__in=numbers).values_list("number", flat=True))
            free = [number for number in numbers if number not in taken and len(number) <= _LONGEST]
            return free[0] if free else ""
    return "" if Offering.objects.filter(number=_FIRST).exists() else _FIRST


def house_currency() -> str:
    """The currency of all prices."""
    return current_house().currency


def offerings_like(text: str, limit: int = 6) -> list[tuple[str, str]]:
    """Offerings for the palette: number and name."""
    rows = Offering.objects.filter(
        Q(number__istartswith=text) | Q(name_de__icontains=text) | Q(name_en__icontains=text)
    )
    return list(rows.order_by("number").values_list("number", _name())[:limit])


def customer_groups() -> list[CustomerGroup]:
    """All customer groups."""
    return list(CustomerGroup.objects.all())


def customer_group(code: str) -> CustomerGroup:
    """One customer group.

    Raises:
        NotFound: there is none of this code.
    """
    found = CustomerGroup.objects.filter(code=code).first()
    if found is None:
        raise NotFound(number=code)
    return found


def synonym_groups() -> list[SynonymGroup]:
    """All groups of words that mean the same, the youngest first."""
    return list(SynonymGroup.objects.order_by("-id")[:MOST_SYNONYM_GROUPS])


def synonym_group(key: UUID) -> SynonymGroup:
    """One group of words that mean the same.

    Raises:
        NotFound: there is none of this key.
    """
    found = SynonymGroup.objects.filter(pk=key).first()
    if found is None:
        raise NotFound(number=str(key))
    return found


def members_of(code: str) -> list[Party]:
    """Who is in a customer group now, by name, up to 200."""
    present = Membership.objects.filter(group_id=code, party_id=OuterRef("pk"), valid__endswith=None)
    rows = Party.objects.filter(Exists(present), erased_at=None)
    return list(
        rows.order_by(Coalesce("organisation", Value("")), "family_name", "given_name")[:MOST_MEMBERS]
    )


def party_id_of(number: str) -> UUID:
    """A customer by number.

    Raises:
        NotFound: there is none, or their data was erased.
    """
    found = Party.objects.filter(number=number, erased_at=None).values_list("id", flat=True).first()
    if found is None:
        raise NotFound(number=number)
    return found


def numbers_of(ids: Sequence[str]) -> list[str]:
    """Numbers of offerings by their ids as a form sends them; what is no id is left out."""
    known = [one for one in ids if _ID.fullmatch(one)]
    return list(Offering.objects.filter(id__in=known).order_by("id").values_list("number", flat=True))
