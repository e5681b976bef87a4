from kontor.kernel.membrane.declaring import OWN, Access, May, Sequence, Table

_BACK = ("kontor_back", "kontor_desk")
ACCESS = Access(
    tables=(
        Table(
            "progress_milestone",
            public=May(select=True, rows=OWN),
            desk=May(select=True, insert=True),
            back=May(select=True, insert=True),
        ),
    ),
    sequences=(Sequence("progress_milestone_id_seq", _BACK),),
)
