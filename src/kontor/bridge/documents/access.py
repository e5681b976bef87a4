from kontor.kernel.membrane.declaring import APPEND, READ, Access, May, Table

_OWN_PUBLIC = "party_id = (SELECT kontor_party()) AND is_public"
ACCESS = Access(
    tables=(
        Table(
            "documents_document",
            public=May(
                select=("id", "kind", "number", "party_id", "subject_id", "issued_at", "is_public"),
                rows=_OWN_PUBLIC,
            ),
            desk=READ,
            back=APPEND,
        ),
        Table(
            "documents_documentfile",
            public=May(
                select=("document_id", "party_id", "is_public", "name", "media_type", "content", "sha256"),
                rows=_OWN_PUBLIC,
            ),
            desk=READ,
            back=APPEND,
        ),
    ),
)
