from kontor.kernel.membrane.declaring import OWN, READ, Access, May, Table

_BILLING = (
    "billing_name",
    "billing_extra",
    "billing_street",
    "billing_postal_code",
    "billing_city",
    "billing_country",
)
_CONTACT = ("email", "phone", *_BILLING, "payment_method", "shipping_method")
_BASKET = (*_CONTACT, "held_until", "ready_at", "ordered_at")
_LINE = ("id", "basket_id", "party_id", "offering_id", "quantity", "price_seen")
ACCESS = Access(
    tables=(
        Table(
            "shop_basket",
            public=May(select=True, insert=("id", "party_id", *_CONTACT), update=_BASKET, rows=OWN),
            desk=READ,
            # The worker notices checkouts that were left.
            back=May(
                select=(
                    "id",
                    "party_id",
                    "held_until",
                    "ordered_at",
                    "email",
                    "billing_name",
                    "billing_street",
                )
            ),
        ),
        Table(
            "shop_basketline",
            public=May(select=True, insert=_LINE, update=("quantity", "price_seen"), delete=True, rows=OWN),
            desk=READ,
            back=May(select=("basket_id", "offering_id", "quantity", "price_seen")),
        ),
    ),
)
