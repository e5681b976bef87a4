from kontor.kernel.membrane.declaring import READ, WRITE, WRITE_AND_DELETE, Access, May, Sequence, Table

_BOTH = ("kontor_desk", "kontor_back")
ACCESS = Access(
    tables=(
        Table("care_draft", desk=WRITE_AND_DELETE, back=May(select=True, delete=True)),
        Table(
            "care_draftfile",
            desk=May(select=True, insert=True, delete=True),
            back=May(select=True, delete=True),
        ),
        Table("care_snippet", desk=WRITE_AND_DELETE, back=READ),
        Table("care_answertime", desk=May(select=True, insert=True, delete=True), back=READ),
        # The worker takes mails in; the counter looks through those that were kept aside.
        Table(
            "care_incomingmail", desk=May(select=True, update=("state", "reason", "case_number")), back=WRITE
        ),
    ),
    sequences=(
        Sequence("care_draft_id_seq", _BOTH),
        Sequence("care_answertime_id_seq", ("kontor_desk",)),
    ),
)
