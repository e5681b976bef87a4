from collections.abc import Sequence

from kontor.back.banking.online import open_intents
from kontor.bridge.payments.events import PaymentIntended
from kontor.kernel.events.hearing import Heard, on


@on(PaymentIntended)
def ask_the_provider(heard: Sequence[Heard]) -> None:
    open_intents([event.subject_id for event in heard])
