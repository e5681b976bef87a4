from kontor.kernel.membrane.declaring import OWN, Access, Function, May, Sequence, Table

_ALL = ("kontor_public", "kontor_desk", "kontor_back")
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
            back=May(select=True, insert=True, update=("planned_at", "late_since", "changed_at")),
        ),
    ),
    # Reads as its caller, whose rows the policies choose.
    functions=(
        Function("progress_window(uuid)", _ALL),
        Function("progress_travelling_since(uuid)", _ALL),
        Function("progress_travelling_rule(numeric, numeric, numeric, timestamptz)", _ALL),
    ),
    sequences=(
        Sequence("progress_milestone_id_seq", _BACK),
        Sequence("progress_plan_id_seq", ("kontor_back",)),
    ),
)
