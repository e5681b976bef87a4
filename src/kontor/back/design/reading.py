"""The room's own connection: the role ``kontor_design`` has no grant on parties, orders, cases, or origins of signals.

Everything this room reads of the business it reads here. Only the planes that answer people and the worker have the
connection; a process of the owner (imports, tests) reads with its own.
"""

from django.db import DEFAULT_DB_ALIAS, connections

ALIAS = "design" if "design" in connections.settings else DEFAULT_DB_ALIAS
