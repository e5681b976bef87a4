"""What the worker looks after every few seconds, whether or not anybody told it to."""

from collections.abc import Callable

from kontor.back.banking.online import sweep_messages
from kontor.back.orderdesk.sweeping import sweep_placed
from kontor.bridge.promises.actions import sweep_holds
from kontor.kernel.tasks.mail import send_waiting_mails

SWEEPS: tuple[Callable[[], object], ...] = (sweep_messages, sweep_holds, sweep_placed, send_waiting_mails)
