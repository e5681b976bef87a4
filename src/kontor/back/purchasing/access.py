from kontor.kernel.membrane.declaring import APPEND, WRITE, Access, Sequence, Table

_BACK = ("kontor_back",)
# Suppliers, costs and their dates are the back's own: nobody in front reads any of it.
ACCESS = Access(
    tables=(
        Table("purchasing_supplier", back=WRITE),
        Table("purchasing_purchaseorder", back=WRITE),
        Table("purchasing_purchaseline", back=WRITE),
        Table("purchasing_receipt", back=APPEND),
        Table("purchasing_shift", back=APPEND),
    ),
    sequences=(
        Sequence("purchasing_number", _BACK),
        Sequence("purchasing_supplier_number", _BACK),
        Sequence("purchasing_shift_id_seq", _BACK),
    ),
)
