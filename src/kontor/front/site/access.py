from kontor.kernel.membrane.declaring import OWN, READ, WRITE_AND_DELETE, Access, May, Table

# What stands on the website now; of texts that customers agree to also what stood there.
_SHOWN = (
    "valid_from <= now()"
    " AND (valid_until IS NULL OR valid_until > now() OR (stays_readable AND valid_until > valid_from))"
)
# What stands on pages and says which one holds; not who published it, nor the note to colleagues.
_PAGE = (
    *("id", "slug", "kind", "number", "title_de", "title_en", "teaser_de", "teaser_en", "body_de", "body_en"),
    *("picture", "picture_alt_de", "picture_alt_en", "sections"),
    *("stays_readable", "valid_from", "valid_until", "published_at"),
)
ACCESS = Access(
    tables=(
        Table("site_draft", desk=WRITE_AND_DELETE),
        Table(
            "site_edition",
            public=May(select=_PAGE, rows=_SHOWN),
            # What is published is never rewritten: the desk may only end it.
            desk=May(select=True, insert=True, update=("valid_until", "replaced_by_id")),
            back=READ,
        ),
        Table("site_agreement", public=May(select=True, rows=OWN), desk=READ, back=READ),
    ),
)
