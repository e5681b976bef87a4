"""How goods travel: methods with an offering behind each, so that its price is dated and taxed like any other."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kontor.bridge.catalogue.actions import publish_storefront
from kontor.bridge.catalogue.drafting import OfferingDraft
from kontor.bridge.catalogue.keeping import write_offerings
from kontor.bridge.catalogue.selling import sell
from kontor.bridge.orders.models import ShippingMethod
from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.identity import Actor
from kontor.kernel.transactions import transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to travel. ``price`` is gross; for goods worth ``free_from`` (gross) or more it costs nothing."""

    code: str
    name_de: str
    name_en: str
    price: Decimal
    free_from: Decimal | None = None
    transit_days: int = 2
    position: int = 0


def shipping_methods() -> list[ShippingMethod]:
    """All ways to travel, in their order."""
    return list(ShippingMethod.objects.select_related("offering").order_by("position", "code"))


@transaction
def save_shipping_method(*, way: Way, by: Actor, at: datetime) -> ShippingMethod:
    """Offer a way to travel, or change one; a new price holds for what is ordered from now on.

    Orders placed before keep theirs. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
    """
    by.require("administration.write")
    known = (
        ShippingMethod.objects.select_for_update().select_related("offering").filter(code=way.code).first()
    )
    number = known.offering.number if known else f"VERSAND-{way.code}".upper()[:40]
    draft = OfferingDraft(
        number=number, kind="service", name_de=way.name_de, name_en=way.name_en, price=way.price
    )
    (kept,) = write_offerings([draft], by=by, at=at)
    if known is None:
        sell([number], valid_from=at, by=by, at=at)
    publish_storefront([kept.id], currency=current_house().currency, at=at)
    values = {
        "name_de": way.name_de,
        "name_en": way.name_en,
        "price": way.price,
        "free_from": way.free_from,
        "transit_days": way.transit_days,
        "position": way.position,
    }
    method, _is_new = ShippingMethod.objects.update_or_create(
        code=way.code, defaults=values, create_defaults={**values, "offering_id": kept.id}
    )
    return method
