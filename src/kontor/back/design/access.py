from kontor.kernel.membrane.declaring import APPEND, Access, Table

ACCESS = Access(tables=(Table("design_digest", back=APPEND),))
