from kontor.kernel.membrane.declaring import READ, Access, May, Table

# The facts customers may state. Handlers re-read the rows and never trust the fact.
_PUBLIC_FACTS = (
    "'orders.OrderPlaced'",
    "'cases.CaseOpened'",
    "'cases.CaseWrittenTo'",
    "'cases.CaseRated'",
    "'voice.NothingFound'",
    "'voice.ReviewWritten'",
    "'voice.StillBroken'",
    "'parties.LoginRequested'",
    "'payments.PaymentIntended'",
)
_COLUMNS = ("id", "type", "subject", "subject_id", "fact", "actor_kind", "actor_id")
ACCESS = Access(
    tables=(
        Table(
            "events_event",
            public=May(
                insert=_COLUMNS,
                rows="false",
                new_rows=(
                    f"type IN ({', '.join(_PUBLIC_FACTS)}) AND actor_kind IN ('customer', 'visitor')"
                    " AND actor_id IS NOT DISTINCT FROM (SELECT kontor_party())"
                ),
            ),
            desk=May(select=True, insert=True),
            back=May(select=True, insert=True),
        ),
        Table("events_subscription", back=READ),
        Table("events_delivery", back=May(select=True, update=True, delete=True)),
    ),
)
