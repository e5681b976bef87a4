from kontor.kernel.membrane.declaring import APPEND, Access, May, Sequence, Table

_BACK = ("kontor_back",)
ACCESS = Access(
    tables=(
        Table("logistics_shipment", back=May(select=True, insert=True, update=("delivered_at",))),
        Table("logistics_shipmentline", back=APPEND),
        Table(
            "logistics_parcel",
            back=May(select=True, insert=True, update=("tracking_number", "weight_g", "label_id")),
        ),
    ),
    sequences=(
        Sequence("logistics_number", _BACK),
        Sequence("logistics_shipmentline_id_seq", _BACK),
    ),
)
