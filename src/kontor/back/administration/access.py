from kontor.kernel.membrane.declaring import WRITE_AND_DELETE, Access, Table

ACCESS = Access(
    tables=(
        Table("administration_savedview", back=WRITE_AND_DELETE),
        Table("administration_export", back=WRITE_AND_DELETE),
    ),
)
