"""The lists of administration: the worker looks for them here when it makes files."""

from kontor.back.administration.offerings.listing import OFFERINGS

LISTS = (OFFERINGS,)
