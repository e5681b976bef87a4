from kontor.kernel.membrane.declaring import APPEND, READ, WRITE, Access, Function, Table

# What lies where is counted by the trigger on moves and by nobody else.
ACCESS = Access(
    tables=(
        Table("warehouse_location", back=WRITE),
        Table("warehouse_move", back=APPEND),
        Table("warehouse_onhand", back=READ),
    ),
    functions=(Function("warehouse_lock(uuid[])", ("kontor_back",)),),
)
