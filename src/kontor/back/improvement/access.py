from kontor.kernel.membrane.declaring import WRITE, WRITE_AND_DELETE, Access, Sequence, Table

_BACK = ("kontor_back",)
ACCESS = Access(
    tables=(
        Table("improvement_problem", back=WRITE),
        Table("improvement_group", back=WRITE_AND_DELETE),
        Table("improvement_groupterm", back=WRITE_AND_DELETE),
        Table("improvement_term", back=WRITE),
        Table("improvement_membership", back=WRITE),
    ),
    sequences=(Sequence("improvement_number", _BACK),),
)
