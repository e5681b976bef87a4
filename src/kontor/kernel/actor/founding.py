"""The departments of a house as the code knows them, written to the database; a house's own rights stay."""

import json

from kontor.kernel.actor.departments import DEPARTMENTS
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction

_sql = Statements(__package__)


@in_transaction
def write_departments() -> int:
    """Bring departments the code knows into the database; returns how many. Safe to repeat.

    A department whose rights a house has dealt out otherwise keeps them.
    """
    return _sql.execute(
        "load_departments",
        codes=[row.code for row in DEPARTMENTS],
        names_de=[row.name_de for row in DEPARTMENTS],
        names_en=[row.name_en for row in DEPARTMENTS],
        sides=[row.side for row in DEPARTMENTS],
        rights=[json.dumps(list(row.rights)) for row in DEPARTMENTS],
        positions=list(range(len(DEPARTMENTS))),
    )
