from kontor.kernel.membrane.declaring import APPEND, Access, Sequence, Table

_BACK = ("kontor_back",)
ACCESS = Access(
    tables=(
        Table("invoicing_invoice", back=APPEND),
        Table("invoicing_invoiceline", back=APPEND),
        Table("invoicing_invoicetax", back=APPEND),
    ),
    sequences=(
        Sequence("invoicing_invoiceline_id_seq", _BACK),
        Sequence("invoicing_invoicetax_id_seq", _BACK),
    ),
)
