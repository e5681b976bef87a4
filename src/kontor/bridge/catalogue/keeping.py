"""Drawing up and changing offerings, in sets: a screen's offering is a set of one, a file's row one of many."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kontor.bridge.catalogue import errors, events, queries
from kontor.bridge.catalogue.actions import publish_storefront
from kontor.bridge.catalogue.drafting import OWN_FIELDS, PAGE_FIELDS, Kept, NewPrice, OfferingDraft, slug_of
from kontor.bridge.catalogue.models import Category, Offering, OfferingGroup
from kontor.bridge.catalogue.prices import write_prices
from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import Refusal
from kontor.kernel.events.emitting import Event, emit
from kontor.kernel.ids import uuid7
from kontor.kernel.transactions import in_transaction, transaction


@transaction
def keep_offerings(
    *, drafts: Sequence[OfferingDraft], must_be_new: bool = False, by: Actor, at: datetime
) -> list[Kept]:
    """Draw up offerings that are not there and change those that are, found by their number.

    A price in a draft is the list's from ``at`` on, gross, in the house's currency; nothing else moves money. New
    offerings are drafts that nobody sees in front. Safe to repeat: what stands already is not written again, and its
    outcome is ``same``. A constant number of statements, whatever the number of drafts.

    Raises:
        NotAllowed: ``by`` lacks the right ``offerings.write``.
        NumberUsed: ``must_be_new``, and one is there already; or a number stands twice among the drafts.
        UnknownCategory, UnknownTaxClass: a draft names what there is not.
        KindIsFixed: the kind or unit of something that is on sale.
    """
    by.require("offerings.write")
    return write_offerings(drafts, must_be_new=must_be_new, by=by, at=at)


@in_transaction
def write_offerings(
    drafts: Sequence[OfferingDraft], *, must_be_new: bool = False, by: Actor, at: datetime
) -> list[Kept]:
    """The part of keeping offerings that imports use; the caller has asked for the right."""
    work = _Work(drafts, at)
    if must_be_new and work.known:
        raise errors.NumberUsed(number=min(work.known))
    for draft in drafts:
        work.keep(draft)
    work.write()
    write_prices(work.prices, by=by, at=at)
    kept = work.kept
    touched = [one.id for one in kept if one.outcome == "changed"]
    if touched:
        publish_storefront(touched, currency=work.currency, at=at)
    emit([_told(one) for one in kept if one.outcome != "same"], by=by, at=at)
    return kept


@in_transaction
def weigh_offerings(drafts: Sequence[OfferingDraft], *, at: datetime) -> list[Kept | Refusal]:
    """Say what would become of drafts, each with its outcome or why it is refused; nothing is written."""
    work = _Work(drafts, at)
    found: list[Kept | Refusal] = []
    for draft in drafts:
        try:
            work.keep(draft)
            found.append(work.kept[-1])
        except Refusal as refusal:
            found.append(refusal)
    return found


def _told(kept: Kept) -> Event:
    if kept.outcome == "created":
        return events.OfferingCreated(subject=kept.number, subject_id=kept.id)
    return events.OfferingChanged(subject=kept.number, subject_id=kept.id, fields=tuple(sorted(kept.after)))


class _Work:
    """One set of drafts on its way: what is known, what is to be written. Reads in four statements, writes in four."""

    def __init__(self, drafts: Sequence[OfferingDraft], at: datetime) -> None:
        numbers = [draft.number for draft in drafts]
        if len(set(numbers)) != len(numbers):
            raise errors.NumberUsed(number=next(number for number in numbers if numbers.count(number) > 1))
        self.currency = current_house().currency
        self.known = queries.locked_offerings(numbers)
        self.categories = {row.slug: row for row in Category.objects.all()}
        self.tax_codes = queries.tax_classes()
        self.current = queries.list_prices([row.id for row in self.known.values()], self.currency, at)
        wanted = [slug_of(draft.page or "", 120) or _slug(draft.name_de, draft.number) for draft in drafts]
        self.groups = queries.locked_groups(wanted, [row.group_id for row in self.known.values()])
        self.at = at
        self.kept: list[Kept] = []
        self.prices: list[NewPrice] = []
        self._new: list[Offering] = []
        self._changed: dict[UUID, Offering] = {}
        self._new_groups: list[OfferingGroup] = []
        self._changed_groups: dict[UUID, OfferingGroup] = {}

    def keep(self, draft: OfferingDraft) -> None:
        """Say what becomes of one draft."""
        self._check(draft)
        offering = self.known.get(draft.number)
        is_new = offering is None
        if offering is None:
            offering = Offering(
                id=uuid7(), number=draft.number, valid_from=self.at, kind="goods", delivery="stock"
            )
            self._new.append(offering)
        before, after = _change(offering, draft.wanted(OWN_FIELDS))
        if {"kind", "unit"} & set(after) and offering.is_published and not is_new:
            raise errors.KindIsFixed(number=draft.number)
        if is_new and not offering.name_en:
            offering.name_en = offering.name_de
        group = self._group(draft, offering, is_new)
        if group is not None:
            self._change_group(group, draft, before, after)
            if offering.group_id != group.id:
                before["page"], after["page"] = offering.group.slug if offering.group else "", group.slug
                offering.group = group
        if not is_new and after:
            self._changed[offering.id] = offering
        self._keep_price(draft, offering, before, after)
        outcome = "created" if is_new else "changed" if after else "same"
        self.kept.append(
            Kept(id=offering.id, number=offering.number, outcome=outcome, before=before, after=after)
        )

    def _check(self, draft: OfferingDraft) -> None:
        if draft.category and draft.category not in self.categories:
            raise errors.UnknownCategory(category=draft.category)
        if draft.tax_code and draft.tax_code not in self.tax_codes:
            raise errors.UnknownTaxClass(tax_code=draft.tax_code)

    def _group(self, draft: OfferingDraft, offering: Offering, is_new: bool) -> OfferingGroup | None:
        """The page the offering stands on: the one named, the one it has, or a new one of its own on a shelf."""
        if draft.page:
            slug = slug_of(draft.page, 120)
        elif offering.group_id is not None:
            return self.groups[offering.group_id]
        else:
            slug = _slug(offering.name_de, draft.number)
            if any(group.slug == slug for group in self.groups.values()):
                slug = slug_of(f"{slug[:80]}-{draft.number}", 120)
        found = next((group for group in self.groups.values() if group.slug == slug), None)
        if found is not None or not draft.category or not slug:
            return found if draft.page else None
        group = OfferingGroup(
            id=uuid7(),
            slug=slug,
            category=self.categories[draft.category],
            name_de=(draft.page_name_de or offering.name_de)[:160],
            name_en=(draft.page_name_en or offering.name_en or offering.name_de)[:160],
        )
        self.groups[group.id] = group
        self._new_groups.append(group)
        return group

    def _change_group(
        self, group: OfferingGroup, draft: OfferingDraft, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        wanted = draft.wanted(PAGE_FIELDS)
        old_name = before.get("name_de")
        if old_name and old_name == group.name_de and "page_name_de" not in wanted:
            # The page of a single article is called as the article is.
            wanted |= {"page_name_de": after["name_de"][:160]}
            wanted |= {"page_name_en": after["name_en"][:160]} if "name_en" in after else {}
        renamed = {name.removeprefix("page_"): value for name, value in wanted.items()}
        was, now = _change(
            group, {name: value for name, value in renamed.items() if value or "name" not in name}
        )
        page = {name: name if f"page_{name}" not in wanted else f"page_{name}" for name in now}
        before |= {page[name]: value for name, value in was.items()}
        after |= {page[name]: value for name, value in now.items()}
        if draft.category and group.category.slug != draft.category:
            before["category"], after["category"] = group.category.slug, draft.category
            group.category = self.categories[draft.category]
            now = {**now, "category": draft.category}
        if now and not any(group is new for new in self._new_groups):
            self._changed_groups[group.id] = group

    def _keep_price(
        self, draft: OfferingDraft, offering: Offering, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        current = self.current.get(offering.id)
        if draft.price is None or draft.price == current:
            return
        before["price"], after["price"] = current, draft.price
        self.prices.append(NewPrice(offering_id=offering.id, amount=draft.price, valid_from=self.at))

    def write(self) -> None:
        """Write what was gathered."""
        OfferingGroup.objects.bulk_create(self._new_groups)
        if self._changed_groups:
            names = [name.removeprefix("page_") for name in PAGE_FIELDS]
            OfferingGroup.objects.bulk_update(list(self._changed_groups.values()), [*names, "category"])
        Offering.objects.bulk_create(self._new)
        if self._changed:
            Offering.objects.bulk_update(list(self._changed.values()), [*OWN_FIELDS, "group"])


def _slug(name: str | None, number: str) -> str:
    """The address of an offering's own page: its name in letters that addresses know, else its number."""
    return slug_of(name or "", 120) or slug_of(number, 120) or uuid7().hex


def _change(row: Any, wanted: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give a row new values; returns those that were other ones, and what they are now."""
    differing = {name: value for name, value in wanted.items() if not _same(getattr(row, name), value)}
    before = {name: getattr(row, name) for name in differing}
    for name, value in differing.items():
        setattr(row, name, value)
    return before, dict(differing)


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) or (isinstance(one, Decimal) and other is not None and one == Decimal(other))
