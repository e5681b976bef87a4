from kontor.kernel.membrane.declaring import WRITE, Access, Table

ACCESS = Access(tables=(Table("numbers_numberrange", back=WRITE),))
