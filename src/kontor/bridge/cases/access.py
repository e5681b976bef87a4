from kontor.kernel.membrane.declaring import OWN, WRITE, Access, May, Sequence, Table

_ALL = ("kontor_public", "kontor_desk", "kontor_back")
_SAID = (
    *("id", "kind", "channel", "subject", "party_id", "name", "email", "phone", "language", "stated_order"),
    *("order_id", "order_line_id", "offering_id"),
)
# What the customer may know of a case: neither who works on it nor in which queue nor its notes.
_SHOWN = (
    *_SAID,
    "number",
    "state",
    "opened_at",
    "last_at",
    "closed_at",
    "close_reason",
    "rating",
    "merged_into_id",
)
_WRITTEN = ("id", "direction", "kind", "party_id", "author_name", "author_email", "subject", "text")
_FILE = (
    *("id", "interaction_id", "party_id", "name", "media_type", "stated_type", "size", "sha256", "content"),
)
# The subqueries see only what the asker may see: own rows.
_ABOUT_OWN = (
    "(order_id IS NULL OR EXISTS (SELECT FROM orders_order o WHERE o.id = order_id))"
    " AND (order_line_id IS NULL OR EXISTS (SELECT FROM orders_orderline l WHERE l.id = order_line_id))"
)
_OWN_CASE = "EXISTS (SELECT FROM cases_case c WHERE c.id = case_id)"
_OWN_CONTACT = "EXISTS (SELECT FROM cases_interaction i WHERE i.id = interaction_id)"
ACCESS = Access(
    tables=(
        Table(
            "cases_case",
            # A request: own, from a page, about one's own order line or about none.
            public=May(
                select=_SHOWN,
                insert=_SAID,
                update=("rating",),
                rows=OWN,
                new_rows=f"{OWN} AND channel IN ('form', 'order', 'product') AND {_ABOUT_OWN}",
            ),
            desk=WRITE,
            back=WRITE,
        ),
        Table(
            "cases_interaction",
            public=May(
                select=(*_WRITTEN, "at"),
                insert=_WRITTEN,
                rows=f"{OWN} AND direction <> 'internal'",
                new_rows=f"{OWN} AND direction = 'in' AND kind = 'form'",
            ),
            desk=WRITE,
            back=WRITE,
        ),
        Table(
            "cases_caseinteraction",
            public=May(
                select=True,
                insert=("case_id", "interaction_id", "party_id"),
                rows=OWN,
                new_rows=f"{OWN} AND {_OWN_CASE} AND {_OWN_CONTACT}",
            ),
            desk=May(select=True, insert=True, update=("party_id",), delete=True),
            back=May(select=True, insert=True, update=("party_id",), delete=True),
        ),
        Table(
            "cases_attachment",
            public=May(
                select=True,
                insert=_FILE,
                rows=OWN,
                new_rows=f"{OWN} AND octet_length(content) <= 10485760 AND {_OWN_CONTACT}",
            ),
            # Whose it is may be found out later; what it is never changes.
            desk=May(select=True, insert=True, update=("party_id",)),
            back=May(select=True, insert=True, update=("party_id",)),
        ),
    ),
    sequences=(
        Sequence("cases_number", _ALL),
        Sequence("cases_caseinteraction_id_seq", _ALL),
    ),
)
