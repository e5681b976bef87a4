"""What the operator fears: parts of the running house are killed, and nothing acknowledged is lost or doubled.

The long version is ``./kontor stress kill --points 20``.
"""

import pytest

from kontor.config.stress.kill import VICTIMS, run

# A seed whose first four victims are each of them once.
EACH_ONCE = 43


@pytest.mark.slow
def test_shop_worker_database_and_the_whole_house_are_killed_and_every_acknowledged_order_stands_once(
    django_db_blocker,
):
    # The clerk works in this process, on the house's own database, whether a test of a database came before or not.
    with django_db_blocker.unblock():
        result = run(points=4, seed=EACH_ONCE)

    assert sorted(result["points"]) == sorted(VICTIMS)
    assert result["acknowledged"] > 0
    assert result["violations"] == []
