from kontor.kernel.membrane.declaring import OWN, READ, WRITE_AND_DELETE, Access, May, Table

# What stands on the website now; of texts that customers agree to also what stood there.
_SHOWN = (
    "valid_from <= now()"
    " AND (valid_until IS NULL OR valid_until > now() OR (stays_readable AND valid_until > valid_from))"
)
ACCESS = Access(
    tables=(
        Table("site_draft", desk=WRITE_AND_DELETE),
        Table(
            "site_edition",
            public=May(select=True, rows=_SHOWN),
            # What is published is never rewritten: the desk may only end it.
            desk=May(select=True, insert=True, update=("valid_until", "replaced_by_id")),
            back=READ,
        ),
        Table("site_agreement", public=May(select=True, rows=OWN), desk=READ, back=READ),
    ),
)
