from kontor.kernel.membrane.declaring import (
    OWN,
    READ,
    WRITE,
    WRITE_AND_DELETE,
    Access,
    Function,
    May,
    Sequence,
    Table,
)

_BACK = ("kontor_back",)
# All but the key, which names the row that a signal came from.
_FEED = (
    *("id", "kind", "source", "offering_id", "lot", "words", "language", "reason", "stars", "times"),
    *("outcome", "at", "amended_at"),
)
_REVIEW = ("id", "party_id", "order_line_id", "offering_id", "stars", "text", "shown_as", "language")
# The subquery sees the customer's own lines only: who was sent the article may review it.
_RECEIVED = (
    "EXISTS (SELECT FROM orders_orderline l WHERE l.id = order_line_id AND l.offering_id = voice_review.offering_id"
    " AND l.delivered_quantity > 0)"
)
ACCESS = Access(
    tables=(
        # Product conception reads what was heard; whom it came from (origin, telling) is not granted to it.
        Table("voice_signal", desk=READ, back=WRITE, design=May(select=_FEED)),
        Table("voice_signalorigin", back=May(select=True, insert=True, update=True)),
        Table("voice_answer", desk=READ, back=May(select=True, insert=True), design=READ),
        Table("voice_telling", desk=READ, back=WRITE),
        # Whoever holds the link of a mail reads what they were told, and may say once that it is not so.
        Table(
            "voice_notice",
            public=May(
                select=("id", "party_id", "language", "verdict", "text", "case_id", "at"),
                rows=OWN,
            ),
            desk=READ,
            back=May(select=True, insert=True),
        ),
        Table(
            "voice_reply",
            public=May(
                select=("id", "notice_id", "party_id", "at"),
                insert=("id", "notice_id", "party_id", "words"),
                rows=OWN,
                # The subquery sees own notices only.
                new_rows=f"{OWN} AND EXISTS (SELECT FROM voice_notice n WHERE n.id = notice_id AND n.verdict = 'done')",
            ),
            desk=READ,
            back=READ,
        ),
        Table("voice_sale", back=WRITE_AND_DELETE, design=READ),
        Table("voice_salecount", back=WRITE),
        # Visitors' searches are noted by a function that caps them; only the worker reads them.
        Table("voice_searchmiss", back=May(select=True, update=("heard_times",), delete=True)),
        Table(
            "voice_review",
            public=May(
                select=(*_REVIEW, "at", "state"),
                insert=_REVIEW,
                rows=OWN,
                new_rows=f"{OWN} AND {_RECEIVED}",
            ),
            desk=May(select=True, update=("state", "decided_at", "decided_by")),
            back=WRITE,
        ),
        Table(
            "voice_shownreview",
            public=READ,
            desk=May(select=True, insert=True, delete=True),
            back=WRITE_AND_DELETE,
        ),
    ),
    functions=(Function("kontor_note_search(text, text)", ("kontor_public",)),),
    sequences=(
        Sequence("voice_telling_id_seq", _BACK),
        Sequence("voice_sale_id_seq", _BACK),
        Sequence("voice_salecount_id_seq", _BACK),
    ),
)
