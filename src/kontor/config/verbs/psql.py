"""``./kontor psql --as ROLE``: a database prompt through the eyes of one plane."""

import argparse
import os
import shutil
import subprocess

from kontor.config.binaries import find_client
from kontor.config.embedded import open_database
from kontor.config.house import ROLES, House
from kontor.config.words import gettext_now as _

takes_rest = True
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """As whom; everything else goes to psql."""
    parser.add_argument("--as", dest="role", choices=ROLES, default="back", help=_("the plane to look as"))


def run(args: argparse.Namespace) -> int:
    """The exit code of psql. What is not ours is passed on: ``./kontor psql --as public -c "…"``."""
    house = House.from_environment()
    house.must_exist()
    with open_database(house):
        connection = house.connection(args.role)
        named = {_VARIABLES[key]: str(value) for key, value in connection.items() if key in _VARIABLES}
        program = shutil.which("psql") or str(find_client("psql", house.server_root / "runtime"))
        rest = [word for word in args.rest if word != "--"]
        return subprocess.run([program, *rest], env=os.environ | named, check=False).returncode
