from kontor.kernel.membrane.declaring import APPEND, READ, WRITE, Access, Function, May, Sequence, Table

_BACK = ("kontor_back",)
ACCESS = Access(
    tables=(
        Table("ledger_account", back=WRITE),
        Table("ledger_accountrule", back=WRITE),
        Table("ledger_entry", back=APPEND),
        Table("ledger_entryline", back=APPEND),
        Table("ledger_seal", back=READ),
        Table("ledger_match", back=APPEND),
        Table("ledger_openitem", back=May(select=True, insert=True, update=("open_amount", "cleared_on"))),
    ),
    functions=(Function("ledger_verify()", _BACK),),
    sequences=(Sequence("ledger_entryline_id_seq", _BACK), Sequence("ledger_accountrule_id_seq", _BACK)),
)
