from kontor.kernel.membrane.declaring import OWN, READ, WRITE, Access, May, Sequence, Table

ACCESS = Access(
    tables=(
        # Product conception reads what was heard; whom it came from (origin, telling) is not granted to it.
        Table("voice_signal", desk=READ, back=WRITE, design=READ),
        Table("voice_signalorigin", back=May(select=True, insert=True, update=True)),
        Table("voice_answer", desk=READ, back=May(select=True, insert=True), design=READ),
        Table("voice_telling", desk=READ, back=WRITE),
        # Whoever holds the link of a mail reads what they were told, and may say once that it is not so.
        Table(
            "voice_notice",
            public=May(
                select=("id", "party_id", "language", "verdict", "text", "case_id", "at"),
                rows=OWN,
            ),
            desk=READ,
            back=May(select=True, insert=True),
        ),
        Table(
            "voice_reply",
            public=May(
                select=("id", "notice_id", "party_id", "at"),
                insert=("id", "notice_id", "party_id", "words"),
                rows=OWN,
                # The subquery sees own notices only.
                new_rows=f"{OWN} AND EXISTS (SELECT FROM voice_notice n WHERE n.id = notice_id AND n.verdict = 'done')",
            ),
            desk=READ,
            back=READ,
        ),
    ),
    sequences=(Sequence("voice_telling_id_seq", ("kontor_back",)),),
)
