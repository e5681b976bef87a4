from kontor.kernel.membrane.declaring import READ, WRITE, Access, May, Sequence, Table

ACCESS = Access(
    tables=(
        # Product conception reads what was heard; whom it came from (origin, telling) is not granted to it.
        Table("voice_signal", desk=READ, back=WRITE, design=READ),
        Table("voice_signalorigin", back=May(select=True, insert=True, update=True)),
        Table("voice_answer", desk=READ, back=May(select=True, insert=True), design=READ),
        Table("voice_telling", desk=READ, back=WRITE),
    ),
    sequences=(Sequence("voice_telling_id_seq", ("kontor_back",)),),
)
