from kontor.kernel.membrane.declaring import WRITE, Access, May, Table

ACCESS = Access(
    tables=(Table("charges_charge", desk=May(select=True, update=("cancelled_quantity",)), back=WRITE),)
)
