from kontor.kernel.membrane.declaring import WRITE_AND_DELETE, Access, Table

ACCESS = Access(
    tables=(
        Table("administration_savedview", back=WRITE_AND_DELETE),
        Table("administration_export", back=WRITE_AND_DELETE),
        Table("administration_importfile", back=WRITE_AND_DELETE),
        Table("administration_importrow", back=WRITE_AND_DELETE),
        Table("administration_importtemplate", back=WRITE_AND_DELETE),
    ),
)
