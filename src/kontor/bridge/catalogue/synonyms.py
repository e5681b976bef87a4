"""Synonyms: words that mean the same to customers, kept by the house for the search of its shop."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kontor.bridge.catalogue import errors
from kontor.bridge.catalogue.models import SynonymGroup
from kontor.kernel.actor.identity import Actor
from kontor.kernel.transactions import in_transaction, transaction


@transaction
def keep_synonyms(*, key: UUID, words: Sequence[str], by: Actor, at: datetime) -> SynonymGroup:
    """Let these words mean the same in the shop's search, from now on; the group of this key is changed.

    Order stays as written; a word written twice counts once. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``offerings.write``.
        TooFewSynonyms: fewer than two words are left.
    """
    by.require("offerings.write")
    return write_synonyms({key: words})[0]


@in_transaction
def write_synonyms(groups: dict[UUID, Sequence[str]]) -> list[SynonymGroup]:
    """The part of keeping synonyms that a house's beginning uses. One statement, whatever the number."""
    rows = [SynonymGroup(id=key, words=_once(words)) for key, words in groups.items()]
    if any(len(row.words) < 2 for row in rows):
        raise errors.TooFewSynonyms
    SynonymGroup.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=["words"]
    )
    return rows


@transaction
def forget_synonyms(*, key: UUID, by: Actor, at: datetime) -> None:
    """Let the words of a group no longer mean the same. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``offerings.write``.
    """
    by.require("offerings.write")
    SynonymGroup.objects.filter(pk=key).delete()


def _once(words: Sequence[str]) -> list[str]:
    """The words in their order, each once; large and small letters are the same."""
    once: dict[str, str] = {}
    for word in words:
        once.setdefault(word.casefold(), word)
    return list(once.values())
