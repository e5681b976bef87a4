"""The clerk of ``stress kill``: ships what is released, with keys that make a lost answer harmless."""

import threading
from uuid import UUID, uuid5

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from kontor.back.logistics.actions import ship_orders
from kontor.config.house import House
from kontor.kernel.actor.identity import the_house
from kontor.kernel.errors import Refusal

_READY = """
SELECT id FROM orders_order o WHERE o.state = 'confirmed' AND o.released_at IS NOT NULL
AND o.email LIKE 'customer%%@example.org'
AND NOT EXISTS (SELECT FROM logistics_shipment s WHERE s.order_id = o.id) LIMIT 1
"""
_KEYS = UUID("5f0c2c52-6b1e-4b43-9a55-6d1a6d7a1d11")


def ship_what_is_ready(house: House, stop: threading.Event) -> None:
    """One order after the other until told to stop; a database that went away is waited for."""
    move_into(house)
    while not stop.wait(0.05):
        try:
            with connection.cursor() as cursor:
                cursor.execute(_READY)
                row = cursor.fetchone()
            if row:
                # The same key for the same order: shipping again after a lost answer finds the first shipment.
                ship_orders(orders={row[0]: uuid5(_KEYS, str(row[0]))}, by=the_house(), at=timezone.now())
        except (DatabaseError, Refusal):
            close_old_connections()
            stop.wait(0.3)
    connection.close()


def move_into(house: House) -> None:
    """Let Django's connection of this thread be the owner's of another house."""
    given = house.connection("owner")
    # A dictionary of this thread's own: the one Django hands out is shared by all threads.
    connection.settings_dict = connection.settings_dict | {
        "NAME": given["dbname"],
        "USER": given["user"],
        "PASSWORD": given["password"],
        "HOST": given["host"],
        "PORT": given["port"],
    }
