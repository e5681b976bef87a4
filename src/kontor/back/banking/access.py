from kontor.kernel.membrane.declaring import WRITE, Access, Table

ACCESS = Access(tables=(Table("banking_refund", back=WRITE),))
