"""What the demo house gives cheaper: small parts by the ten, and a customer group of businesses with net prices."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kontor.bridge.catalogue.drafting import NewPrice
from kontor.bridge.catalogue.prices import set_prices
from kontor.bridge.catalogue.shelving import keep_customer_group, put_in_groups
from kontor.bridge.parties.models import Party
from kontor.config.demo.reading import rows
from kontor.kernel.actor.identity import Actor
from kontor.kernel.money import round_half_up

GROUP = "haendler"
_MEMBER = "ueberseestadt-keller"
_BY_THE_TEN = ("TT-M928", "TT-T092", "TT-R982", "PK-7098")
_WITHOUT_TAX = Decimal("1.19")


def offer_bargains(
    *, offerings: Mapping[str, UUID], parties: Mapping[str, Party], by: Actor, at: datetime
) -> None:
    """Set prices from ``at`` on: ten per cent less from ten pieces on, twelve less for the group. Repeatable."""
    gross = {row["number"]: Decimal(row["gross_price"]) for row in rows("offerings")}
    keep_customer_group(
        code=GROUP, names=("Händler und Kuriere", "Traders and Couriers"), includes_tax=False, by=by, at=at
    )
    put_in_groups(members={parties[_MEMBER].id: GROUP}, by=by, at=at)
    prices = [
        NewPrice(
            offering_id=offerings[number],
            amount=round_half_up(gross[number] * Decimal("0.90")),
            valid_from=at,
            min_quantity=Decimal(10),
        )
        for number in _BY_THE_TEN
    ]
    prices += [
        NewPrice(
            offering_id=offerings[number],
            amount=round_half_up(price / _WITHOUT_TAX * Decimal("0.88")),
            valid_from=at,
            customer_group=GROUP,
        )
        for number, price in gross.items()
        if number in offerings and price < 100
    ]
    set_prices(prices=prices, by=by, at=at)
