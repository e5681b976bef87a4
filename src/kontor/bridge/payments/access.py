from kontor.kernel.membrane.declaring import OWN, READ, Access, May, Table

ACCESS = Access(
    tables=(
        # The customer asks to pay; only the worker writes what came of it.
        Table(
            "payments_paymentintent",
            public=May(select=True, insert=("id", "order_id", "party_id"), rows=OWN),
            desk=READ,
            back=May(select=True, insert=True, update=True),
        ),
        Table("payments_payment", desk=READ, back=May(select=True, insert=True)),
        # Anybody may put a message into the inbox; nobody in front can read it.
        Table(
            "payments_providermessage",
            public=May(
                insert=("id", "provider", "message_id", "headers", "body"), rows="false", new_rows="true"
            ),
            back=May(select=True, update=("handled_at", "verdict")),
        ),
    ),
)
