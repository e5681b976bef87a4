from kontor.kernel.membrane.declaring import WRITE, WRITE_AND_DELETE, Access, Function, May, Sequence, Table

_BACK = ("kontor_back",)
_JOBS = ("jobs", "events", "periodic_defers", "workers")
ACCESS = Access(
    tables=(
        Table("tasks_task", desk=May(select=True, update=("claimed_by_id", "claimed_at")), back=WRITE),
        Table("tasks_mail", back=WRITE),
        Table("tasks_mailfile", back=WRITE_AND_DELETE),
        *(Table(f"procrastinate_{name}", back=WRITE_AND_DELETE) for name in _JOBS),
    ),
    functions=(Function("procrastinate_*", _BACK),),
    sequences=(
        *(Sequence(f"procrastinate_{name}_id_seq", _BACK) for name in _JOBS),
        Sequence("tasks_mailfile_id_seq", _BACK),
    ),
)
