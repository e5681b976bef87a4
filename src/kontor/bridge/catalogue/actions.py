"""Publishing: the storefront is what customers may see of the catalogue, rebuilt whenever the catalogue changes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kontor.kernel.actor.identity import Actor
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)


@transaction
def publish(
    *, by: Actor, at: datetime, offerings: Sequence[UUID] | None = None, currency: str = "EUR"
) -> int:
    """Show in the shop what is published and on sale at ``at``, with its list price; returns the number of articles.

    With ``offerings`` only their groups are shown anew, else the whole catalogue. Moves no money. Safe to repeat:
    the storefront says what the catalogue says, however often it is rebuilt. Run it again when a dated price or a
    dated offering begins or ends.

    Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
    """
    by.require("administration.write")
    return publish_storefront(offerings, currency=currency, at=at)


@transaction
def publish_due(*, by: Actor, at: datetime) -> int:
    """Show what has begun, hide what has ended, and bring prices up to date; returns how many articles changed.
    Prices are in the house's currency.

    Run every few seconds: dated prices and offerings begin and end without anybody doing anything. Moves no money.
    Safe to repeat: where the storefront says what the catalogue says, nothing is written.

    Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
    """
    by.require("administration.write")
    changed = _sql.rows("out_of_date", at=at)
    if changed:
        publish_storefront([row.id for row in changed], currency=changed[0].currency or "EUR", at=at)
    return len(changed)


@in_transaction
def publish_storefront(offerings: Sequence[UUID] | None, *, currency: str, at: datetime) -> int:
    """The part of publishing that other actions use (a price was changed, an article was drawn up)."""
    chosen = {"all": offerings is None, "offerings": list(offerings or ())}
    groups = [row.id for row in _sql.rows("lock_groups", **chosen)]
    _sql.execute("withdraw_pictures", groups=groups)
    _sql.execute("withdraw_groups", groups=groups)
    _sql.execute("withdraw_items", groups=groups, **chosen)
    count = _sql.execute("publish_items", groups=groups, currency=currency, at=at, **chosen)
    _sql.execute("publish_groups", groups=groups)
    _sql.execute("publish_pictures", groups=groups)
    return count
