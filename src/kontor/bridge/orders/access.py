from kontor.kernel.membrane.declaring import OWN, READ, WRITE, Access, Function, May, Sequence, Table

_ALL = ("kontor_public", "kontor_desk", "kontor_back")
_CONTACT = ("language", "currency", "email", "phone")
_BILLING = tuple(f"billing_{part}" for part in ("name", "extra", "street", "postal_code", "city", "country"))
_SHIPPING = tuple(name.replace("billing", "shipping") for name in _BILLING)
_ORDER = (
    *("id", "key", "channel", "party_id"),
    *_CONTACT,
    *_BILLING,
    *_SHIPPING,
    *("payment_method", "shipping_method", "net_amount", "tax_amount", "gross_amount"),
)
_LINE = (
    *("id", "order_id", "party_id", "position", "kind", "offering_id", "number", "name", "quantity", "unit"),
    *("unit_price", "tax_code", "tax_rate", "gross_amount", "demand_id"),
)
ACCESS = Access(
    tables=(
        Table("orders_shippingmethod", public=READ, desk=READ, back=WRITE),
        # Public inserts an order as placed (state and instants are the database's) and never updates one.
        Table(
            "orders_order",
            public=May(select=True, insert=_ORDER, rows=OWN, new_rows=f"{OWN} AND channel = 'web'"),
            # Only an import is trusted with its prices, and imports are the back's.
            desk=May(
                select=True,
                insert=_ORDER,
                update=("state", "cancelled_at", "cancel_reason"),
                new_rows="channel <> 'import'",
            ),
            back=WRITE,
        ),
        Table(
            "orders_orderline",
            public=May(select=True, insert=_LINE, rows=OWN),
            desk=May(select=True, insert=_LINE, update=("cancelled_quantity",)),
            back=WRITE,
        ),
    ),
    functions=(Function("kontor_keep(uuid[])", _ALL),),
    sequences=(Sequence("orders_number", _ALL),),
)
