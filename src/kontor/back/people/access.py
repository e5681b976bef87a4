from kontor.kernel.membrane.declaring import WRITE, Access, Table

ACCESS = Access(tables=(Table("people_employee", back=WRITE),))
