"""Categories (shelves of the shop, two levels) and customer groups with their members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from kontor.bridge.catalogue import errors
from kontor.bridge.catalogue.actions import publish_storefront
from kontor.bridge.catalogue.drafting import slug_of
from kontor.bridge.catalogue.models import Category, CustomerGroup, Membership, OfferingGroup
from kontor.bridge.catalogue.queries import customer_groups
from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.ids import uuid7
from kontor.kernel.transactions import in_transaction, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryDraft:
    """A category: its names, and the slug of the one above it (empty on the upper level)."""

    name_de: str
    name_en: str
    parent: str = ""


@transaction
def add_category(*, draft: CategoryDraft, by: Actor, at: datetime) -> Category:
    """Draw up a category at the end of its level. Not repeatable: a name that is taken is refused.

    Raises:
        NotAllowed: ``by`` lacks the right ``offerings.write``.
        UnknownCategory, TooDeep: the category above it is none, or stands below another one itself.
        CodeUsed: there is one of this name.
    """
    by.require("offerings.write")
    return write_categories([draft])[0]


@in_transaction
def write_categories(drafts: Sequence[CategoryDraft]) -> list[Category]:
    """The part of drawing up categories that imports use."""
    known = {row.slug: row for row in Category.objects.order_by("id").select_for_update()}
    made = []
    for place, draft in enumerate(drafts, start=1):
        category = Category(
            id=uuid7(),
            slug=slug_of(draft.name_de) or slug_of(draft.name_en) or f"c-{uuid7().hex[-8:]}",
            name_de=draft.name_de,
            name_en=draft.name_en or draft.name_de,
            parent=_above(known, draft.parent),
            position=max((row.position for row in known.values()), default=0) + place,
        )
        made.append(category)
    Category.objects.bulk_create(made)
    return made


@transaction
def change_category(*, slug: str, draft: CategoryDraft, by: Actor, at: datetime) -> bool:
    """Rename a category or put it below another one; its address stays. Returns whether anything changed.

    Raises:
        NotAllowed: ``by`` lacks the right ``offerings.write``.
        UnknownCategory, TooDeep: as when it is drawn up; what has categories below it stays on the upper level.
    """
    by.require("offerings.write")
    known = {row.slug: row for row in Category.objects.order_by("id").select_for_update()}
    category = _named(known, slug)
    parent = _above(known, draft.parent)
    if parent is not None and (
        parent.id == category.id or any(row.parent_id == category.id for row in known.values())
    ):
        raise errors.TooDeep
    wanted = (draft.name_de, draft.name_en or draft.name_de, parent.id if parent else None)
    if (category.name_de, category.name_en, category.parent_id) == wanted:
        return False
    category.name_de, category.name_en, category.parent_id = wanted
    category.save(update_fields=["name_de", "name_en", "parent"])
    publish_storefront(None, currency=current_house().currency, at=at)
    return True


@transaction
def move_category(*, slug: str, is_up: bool, by: Actor, at: datetime) -> bool:
    """Exchange a category with its neighbour of the same level; False where there is none.

    Raises:
        NotAllowed: ``by`` lacks the right ``offerings.write``.
    """
    by.require("offerings.write")
    known = {row.slug: row for row in Category.objects.order_by("id").select_for_update()}
    category = _named(known, slug)
    level = [row for row in known.values() if row.parent_id == category.parent_id]
    level.sort(key=lambda row: (row.position, row.slug))
    place = level.index(category)
    other = place - 1 if is_up else place + 1
    if not 0 <= other < len(level):
        return False
    level[place], level[other] = level[other], level[place]
    for position, row in enumerate(level, start=1):
        row.position = position
    Category.objects.bulk_update(level, ["position"])
    publish_storefront(None, currency=current_house().currency, at=at)
    return True


@transaction
def remove_category(*, slug: str, by: Actor, at: datetime) -> None:
    """Remove an empty category. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``offerings.write``.
        CategoryInUse: something stands in it.
    """
    by.require("offerings.write")
    category = Category.objects.filter(slug=slug).select_for_update().first()
    if category is None:
        return
    is_used = (
        OfferingGroup.objects.filter(category=category).exists()
        or Category.objects.filter(parent=category).exists()
    )
    if is_used:
        raise errors.CategoryInUse
    category.delete()


@transaction
def keep_customer_group(
    *, code: str, names: tuple[str, str], includes_tax: bool, by: Actor, at: datetime
) -> CustomerGroup:
    """Draw up a customer group (German and English name), or rename it; its prices stay gross or net as they began.

    Without ``code`` the group is a new one, whose short name follows from its name. Safe to repeat. Raises:
        NotAllowed: ``by`` lacks the right ``offerings.write``.
        CodeUsed: a new group would have the short name of another one.
    """
    by.require("offerings.write")
    is_named, code = bool(code), _group_code(code, names)
    group, is_new = CustomerGroup.objects.get_or_create(
        code=code, defaults={"name_de": names[0], "name_en": names[1], "includes_tax": includes_tax}
    )
    is_the_same = (group.name_de, group.name_en, group.includes_tax) == (*names, includes_tax)
    if not is_named and not is_the_same:
        raise errors.CodeUsed
    if not is_new and (group.name_de, group.name_en) != names:
        group.name_de, group.name_en = names
        group.save(update_fields=["name_de", "name_en"])
    return group


def _group_code(code: str, names: tuple[str, str]) -> str:
    """The short name of a group; of names in other letters than ours it is the same every time, too."""
    told_apart = sha256(names[0].encode()).hexdigest()[:8]
    return next(filter(None, (slug_of(text, 20) for text in (code, *names))), f"g-{told_apart}")


@transaction
def put_in_groups(*, members: Mapping[UUID, str], by: Actor, at: datetime) -> int:
    """Put customers into customer groups (party → code; empty: none) from now on; returns how many changed.

    Orders placed before are checked with the group of then. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``offerings.write``.
        UnknownCustomerGroup: there is no such group.
    """
    by.require("offerings.write")
    return write_memberships(members, at=at)


@in_transaction
def write_memberships(members: Mapping[UUID, str], *, at: datetime) -> int:
    """The part of putting customers into groups that imports use. Four statements, whatever the number."""
    known = customer_groups()
    unknown = next((code for code in members.values() if code and code not in known), None)
    if unknown is not None:
        raise errors.UnknownCustomerGroup(group=unknown)
    rows = Membership.objects.filter(party_id__in=members, valid__endswith=None).order_by("party_id")
    present = {row.party_id: row for row in rows.select_for_update()}
    changed = {
        party: code
        for party, code in members.items()
        if (present[party].group_id if party in present else "") != code
    }
    ended = [present[party] for party in changed if party in present]
    for row in ended:
        row.valid = DateTimeTZRange(row.valid.lower, at)
    Membership.objects.filter(id__in=[row.id for row in ended if row.valid.lower >= at]).delete()
    Membership.objects.bulk_update([row for row in ended if row.valid.lower < at], ["valid"])
    Membership.objects.bulk_create(
        Membership(id=uuid7(), party_id=party, group_id=code, valid=DateTimeTZRange(at, None))
        for party, code in changed.items()
        if code
    )
    return len(changed)


@in_transaction
def forget_memberships(parties: Sequence[UUID]) -> None:
    """Take customers out of all groups as if they had never been in one: for customers who were never there."""
    Membership.objects.filter(party_id__in=parties).delete()


def _named(known: Mapping[str, Category], slug: str) -> Category:
    if slug not in known:
        raise NotFound(number=slug)
    return known[slug]


def _above(known: Mapping[str, Category], slug: str) -> Category | None:
    if not slug:
        return None
    if slug not in known:
        raise errors.UnknownCategory(category=slug)
    if known[slug].parent_id is not None:
        raise errors.TooDeep
    return known[slug]
