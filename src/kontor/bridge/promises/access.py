from kontor.kernel.membrane.declaring import READ, Access, Function, May, Table

_ALL = ("kontor_public", "kontor_desk", "kontor_back")
_STAFF = ("kontor_desk", "kontor_back")
_BUCKET = (
    *("id", "pool_id", "kind", "starts_at", "ends_at", "capacity", "overbooking", "source"),
    *("made_by", "begins_at"),
)
ACCESS = Access(
    tables=(
        Table("promises_pool", desk=READ, back=May(select=True, insert=True)),
        # `promised` is counted by the trigger on promises and by nobody else.
        Table(
            "promises_bucket",
            desk=READ,
            back=May(
                select=True,
                insert=_BUCKET,
                update=(
                    *("starts_at", "ends_at", "overbooking", "source", "closed_at"),
                    *("begins_at", "begun_at", "moved_reason", "overdue_at"),
                ),
            ),
        ),
        Table("promises_demand", desk=READ, back=READ),
        Table("promises_promise", desk=READ, back=READ),
        # Which production or purchase order something was made by is the back's own.
        Table("promises_origin", back=READ),
        Table("promises_available", public=READ, desk=READ, back=READ),
    ),
    functions=(
        Function("kontor_hold(uuid[], uuid[], numeric[], timestamptz[], timestamptz[])", _ALL),
        Function(
            "kontor_promise(uuid[], uuid[], uuid[], numeric[], timestamptz[], timestamptz[], text)", _STAFF
        ),
        Function("kontor_firm(uuid[])", _STAFF),
        Function("kontor_let_go(uuid[])", _ALL),
        Function("kontor_use(uuid[], numeric[])", ("kontor_back",)),
        Function("kontor_release(uuid[], numeric[])", _STAFF),
        Function("kontor_set_capacity(uuid[], numeric[])", ("kontor_back",)),
        Function("kontor_lock_buckets(uuid[])", ("kontor_back",)),
        Function("kontor_receive(uuid)", ("kontor_back",)),
        Function("kontor_receive_parts(uuid[], numeric[], boolean[])", ("kontor_back",)),
        Function("kontor_sweep_holds()", ("kontor_back",)),
        Function("kontor_mark_overdue(timestamptz)", ("kontor_back",)),
    ),
)
