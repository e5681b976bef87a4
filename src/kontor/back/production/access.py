from kontor.kernel.membrane.declaring import APPEND, WRITE, Access, Sequence, Table

# Nobody in front reads how something is made: what may be known there are milestones.
ACCESS = Access(
    tables=(
        Table("production_productionorder", back=WRITE),
        Table("production_workstep", back=WRITE),
        Table("production_shift", back=APPEND),
    ),
    sequences=(
        Sequence("production_number", ("kontor_back",)),
        Sequence("production_shift_id_seq", ("kontor_back",)),
    ),
)
