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
        Table(
            "progress_plan",
            public=May(select=True, rows=OWN),
            desk=May(select=True),
            back=May(select=True, insert=True, update=("planned_at", "changed_at")),
        ),
    ),
    sequences=(
        Sequence("progress_milestone_id_seq", _BACK),
        Sequence("progress_plan_id_seq", ("kontor_back",)),
    ),
)
