"""The worker: hears events, does jobs, sweeps. Started by ``./kontor up``; any number may run beside each other."""

import asyncio
import signal
import threading
import time
from collections.abc import Callable
from typing import cast

import psycopg
import structlog
from django.conf import settings
from django.db import Error as AnyDatabaseError
from django.db import OperationalError as DatabaseUnavailable
from django.db import close_old_connections, connection
from procrastinate import App
from procrastinate.contrib.django import app as procrastinate
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

from kontor.config.sweeps import SWEEPS
from kontor.kernel.events.dispatching import (
    QUICK_RETURNS,
    deliver_all,
    seconds_until_next,
    take_the_place_of_the_dead,
)

LOOK_SECONDS = 5.0  # how long a lost notification can delay a delivery
JOB_LOOK_SECONDS = 1.0
SWEEP_SECONDS = 15.0
JOBS_AT_ONCE = 2
DEAD_SECONDS = 30.0  # as procrastinate has it
_log = structlog.get_logger("kontor.worker")


class Worker:
    """Three loops that end together: events, jobs, sweeps."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.is_placed = threading.Event()
        self.is_alone = False

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; what is under way is finished or leased to the next worker."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        loops = (self._hear, self._sweep)
        threads = [threading.Thread(target=self._persist, args=(loop,), name=loop.__name__) for loop in loops]
        for thread in threads:
            thread.start()
        asyncio.run(self._do_jobs())
        self.stopping.set()
        for thread in threads:
            thread.join(timeout=30)

    def _persist(self, loop: Callable[[], None]) -> None:
        """A loop that lost its database comes back; one that fails otherwise ends the worker, which is restarted."""
        wait = 0.2
        while not self.stopping.is_set():
            try:
                loop()
                wait = 0.2
            except (psycopg.OperationalError, DatabaseUnavailable) as error:
                _log.warning("database lost", loop=loop.__name__, error=str(error).strip())
                close_old_connections()
                self.stopping.wait(wait)
                wait = min(wait * 2, 5)
            except BaseException:
                self.stopping.set()
                raise

    def _hear(self) -> None:
        with psycopg.connect(**settings.HOUSE.connection("back"), autocommit=True) as listener:
            listener.execute("LISTEN kontor_events")
            self.is_alone = take_the_place_of_the_dead(listener) is not None
            self.is_placed.set()
            while not self.stopping.is_set():
                deliver_all()
                due = seconds_until_next()
                patience = LOOK_SECONDS if due is None else max(0.05, min(LOOK_SECONDS, due))
                for _note in listener.notifies(timeout=patience, stop_after=1):
                    pass

    def _sweep(self) -> None:
        while not self.stopping.wait(SWEEP_SECONDS):
            for sweep in SWEEPS:
                if self.stopping.is_set():
                    return
                _sweep_alone(sweep)

    async def _do_jobs(self) -> None:
        """procrastinate's own worker; when the database is lost it is started anew."""
        while not self.stopping.is_set():
            if not self.is_placed.is_set():
                await asyncio.sleep(0.05)
                continue
            try:
                with_connector = procrastinate.with_connector(
                    cast(DjangoConnector, procrastinate.connector).get_worker_connector()
                )
                async with with_connector.open_async():
                    if self.is_alone:  # whatever is being done was being done by the dead
                        self.is_alone = False
                        await self._retry_stalled(with_connector, silent=0)
                    jobs = asyncio.create_task(
                        with_connector.run_worker_async(
                            concurrency=JOBS_AT_ONCE,
                            install_signal_handlers=False,
                            delete_jobs="successful",
                            # Anybody may NOTIFY anything, also a made-up order to abort: jobs are looked for instead.
                            listen_notify=False,
                            fetch_job_polling_interval=JOB_LOOK_SECONDS,
                        )
                    )
                    looked_at = 0.0
                    while not self.stopping.is_set() and not jobs.done():
                        await asyncio.sleep(0.2)
                        if time.monotonic() - looked_at > SWEEP_SECONDS:
                            looked_at = time.monotonic()
                            await self._retry_stalled(with_connector)
                    jobs.cancel()
                    await asyncio.gather(jobs, return_exceptions=True)
            except (psycopg.OperationalError, ConnectorException) as error:
                _log.warning("database lost", loop="jobs", error=str(error).strip())
            if not self.stopping.is_set():
                await asyncio.sleep(1)

    async def _retry_stalled(self, jobs: App, *, silent: float = DEAD_SECONDS) -> None:
        """Jobs whose worker died (no heartbeat for so many seconds) are given to the next one."""
        for job in await jobs.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent):
            if not silent and job.attempts > QUICK_RETURNS:
                continue  # perhaps it is what kills them
            _log.warning("job of a dead worker", job=job.id)
            await jobs.job_manager.retry_job(job)


def _sweep_alone(sweep: Callable[[], object]) -> None:
    """Sweep once; what fails in one sweep is logged, stops no other, and is tried again at the next round."""
    try:
        sweep()
    except Exception as error:  # one sweep's failure must not stop the house; it is logged
        close_old_connections()  # one that is lost is replaced
        if isinstance(error, (psycopg.OperationalError, DatabaseUnavailable)) and not _is_database_there():
            raise
        _log.error("sweep failed", sweep=sweep.__name__, error=str(error).strip(), exc_info=True)


def _is_database_there() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except AnyDatabaseError:
        return False
    return True
