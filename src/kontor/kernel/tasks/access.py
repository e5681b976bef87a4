from kontor.kernel.membrane.declaring import WRITE, Access, May, Table

_JOBS = (
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
)
ACCESS = Access(
    tables=(Table("tasks_task", desk=May(select=True, update=("claimed_by_id", "claimed_at")), back=WRITE),),
)
