from kontor.kernel.membrane.declaring import READ, WRITE_AND_DELETE, Access, May, Table

# Desk logs people in (last_login), keeps which language they chose, and may change nothing else about an account.
_LOGIN = May(select=True, update=("last_login", "language"))
_ATTEMPTS = May(select=True, insert=True, delete=True)
ACCESS = Access(
    tables=(
        Table("actor_department", desk=READ, back=WRITE_AND_DELETE),
        Table("actor_staffaccount", desk=_LOGIN, back=WRITE_AND_DELETE),
        Table("actor_staffaccount_departments", desk=READ, back=WRITE_AND_DELETE),
        Table("actor_housepart", desk=READ, back=READ),
        # Passwords are chosen in the back office only: the counter reads and writes no links.
        Table("actor_passwordlink", back=WRITE_AND_DELETE),
        Table("actor_loginattempt", desk=_ATTEMPTS, back=_ATTEMPTS),
        Table("django_session", desk=WRITE_AND_DELETE, back=WRITE_AND_DELETE),
    ),
)
