"""Prices as the house sets them: dated, by customer group, by quantity; and what of them the public can find out."""

from datetime import timedelta
from decimal import Decimal

import pytest
from conftest import NOW
from django.db import ProgrammingError, connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from kontor.bridge.catalogue import errors
from kontor.bridge.catalogue.drafting import NewPrice
from kontor.bridge.catalogue.models import Price
from kontor.bridge.catalogue.prices import set_prices
from kontor.bridge.catalogue.shelving import keep_customer_group, put_in_groups
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.errors import NotAllowed

HOUSE = the_house()


def price(offering, amount, *, days=0, until=None, group="list", pieces=0, at=NOW):
    return set_prices(
        prices=[
            NewPrice(
                offering_id=offering.id,
                amount=None if amount is None else Decimal(amount),
                valid_from=at + timedelta(days=days),
                valid_until=None if until is None else at + timedelta(days=until),
                customer_group=group,
                min_quantity=Decimal(pieces),
            )
        ],
        by=HOUSE,
        at=at,
    )


def costs(offering, *, pieces=1, group=None, days=0):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit_price FROM catalogue_price_of(%s, %s, %s, 'EUR', %s, 19)",
            [offering.id, group, pieces, NOW + timedelta(days=days)],
        )
        row = cursor.fetchone()
    return row[0] if row else None


@pytest.fixture
def bell(trade):
    return trade.offering(price="10.00", stock=0)


@pytest.fixture
def traders(house):
    return keep_customer_group(
        code="traders", names=("Händler", "Traders"), includes_tax=False, by=HOUSE, at=NOW
    )


@pytest.mark.parametrize(
    ("names", "code"),
    [(("Vereine", ""), "vereine"), (("日本", "Japan"), "japan"), (("🚲", "🚲"), "g-26687195")],
)
def test_a_new_group_has_a_short_name_whatever_it_is_called_and_twice_is_once(house, names, code):
    made = [keep_customer_group(code="", names=names, includes_tax=True, by=HOUSE, at=NOW) for _ in range(2)]
    assert [one.code for one in made] == [code, code]


@pytest.mark.parametrize("names", [("Traders!", "Others"), ("List", "List")])
def test_a_new_group_takes_no_other_ones_short_name(traders, names):
    with pytest.raises(errors.CodeUsed):
        keep_customer_group(code="", names=names, includes_tax=False, by=HOUSE, at=NOW)
    traders.refresh_from_db()
    assert traders.name_de == "Händler"


def test_a_new_price_begins_now_and_the_old_one_stays_for_what_was_ordered_before(bell):
    assert price(bell, "12.50") == 1
    assert costs(bell) == Decimal("12.50") and costs(bell, days=-1) == Decimal("10.00")
    assert price(bell, "12.50") == 0  # the second click
    assert Price.objects.filter(offering=bell).count() == 2


def test_an_offer_that_ends_gives_way_to_the_price_before_it(bell):
    price(bell, "8.00", days=1, until=3)
    assert [costs(bell, days=day) for day in (0, 1, 2, 3)] == [
        Decimal(amount) for amount in ("10.00", "8.00", "8.00", "10.00")
    ]


def test_a_future_price_that_is_set_anew_replaces_the_one_planned(bell):
    price(bell, "11.00", days=2)
    price(bell, "12.00", days=1)
    assert costs(bell, days=3) == Decimal("12.00") and costs(bell) == Decimal("10.00")


def test_prices_of_the_past_cannot_be_changed(bell):
    with pytest.raises(errors.PriceInThePast):
        price(bell, "1.00", days=-1)
    with pytest.raises(errors.EndsBeforeItBegins):
        price(bell, "1.00", days=2, until=1)
    assert costs(bell, days=-1) == Decimal("10.00")


def test_the_lowest_price_that_holds_counts_with_tax_on_net_ones(bell, traders):
    price(bell, "9.00", pieces=10)
    price(bell, "7.00", group="traders")
    assert costs(bell, pieces=9) == Decimal("10.00") and costs(bell, pieces=10) == Decimal("9.00")
    assert costs(bell, group="traders") == Decimal("8.330000")
    price(bell, "8.00", pieces=50)
    assert costs(bell, pieces=50, group="traders") == Decimal("8.00")


def test_a_price_that_is_ended_holds_no_longer(bell):
    price(bell, "9.00", pieces=10)
    price(bell, None, pieces=10, days=1)
    assert costs(bell, pieces=10) == Decimal("9.00") and costs(bell, pieces=10, days=1) == Decimal("10.00")


def test_a_group_that_nobody_drew_up_is_refused(bell):
    with pytest.raises(errors.UnknownCustomerGroup, match="wholesale"):
        price(bell, "1.00", group="wholesale")


def test_prices_need_the_right(bell):
    with pytest.raises(NotAllowed, match=r"offerings\.write"):
        set_prices(prices=[], by=Actor(ActorKind.STAFF, name="Kim"), at=NOW)


def test_the_number_of_statements_does_not_grow_with_the_prices(trade):
    def statements(count):
        prices = [
            NewPrice(offering_id=trade.offering(stock=0).id, amount=Decimal(5), valid_from=NOW)
            for _ in range(count)
        ]
        with CaptureQueriesContext(connection) as log:
            assert set_prices(prices=prices, by=HOUSE, at=NOW) == count
        return len(log)

    assert statements(1) == statements(40)


def test_the_database_refuses_two_prices_at_a_time_and_negative_ones(bell):
    for changes in ({"amount": Decimal(3)}, {"amount": Decimal(-1), "min_quantity": 5}, {"min_quantity": -1}):
        row = Price.objects.get(offering=bell)
        for name, value in changes.items():
            setattr(row, name, value)
        row.pk = None
        row._state.adding = True
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


@pytest.mark.parametrize(
    "table",
    [
        "catalogue_offering", "catalogue_price", "catalogue_offeringgroup", "catalogue_customergroup",
        "catalogue_membership", "catalogue_picture",
    ],
)  # fmt: skip
def test_the_public_reads_no_draft_no_cost_no_group_price_and_no_future_price(house, as_role, table):
    with (
        as_role("kontor_public"),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        connection.cursor().execute(f"SELECT 1 FROM {table}")


def test_the_public_asks_for_prices_of_published_articles_as_themselves_only(bell, traders, trade, as_role):
    price(bell, "7.00", group="traders")
    put_in_groups(members={trade.party().id: "traders"}, by=HOUSE, at=NOW)
    draft = trade.offering(price="5.00", stock=0)  # nothing of it is on the shelf
    with as_role("kontor_public"):
        for offering, found in ((bell, [(Decimal("10.000000"),)]), (draft, [])):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT unit_price FROM kontor_prices(ARRAY[%s]::uuid[], ARRAY[1.0])", [offering.id]
                )
                assert cursor.fetchall() == found
                cursor.execute("SELECT unit_price FROM kontor_price_steps(ARRAY[%s]::uuid[])", [offering.id])
                assert cursor.fetchall() == found
        for call in (
            "catalogue_price_of(%s, 'traders', 1, 'EUR', now(), 19)",
            "catalogue_group_of(%s, now())",
        ):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"SELECT * FROM {call}", [bell.id])


def test_a_customer_changes_groups_from_now_on(trade, traders):
    anna = trade.party()
    assert put_in_groups(members={anna.id: "traders"}, by=HOUSE, at=NOW) == 1
    assert put_in_groups(members={anna.id: "traders"}, by=HOUSE, at=NOW) == 0
    later = NOW + timedelta(days=1)
    assert put_in_groups(members={anna.id: ""}, by=HOUSE, at=later) == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT catalogue_group_of(%s, %s), catalogue_group_of(%s, %s)", [anna.id, NOW, anna.id, later]
        )
        assert cursor.fetchone() == ("traders", None)
