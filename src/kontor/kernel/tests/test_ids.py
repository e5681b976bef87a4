"""Identifiers, seen by whoever sorts rows by them."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122, UUID

from kontor.kernel.ids import uuid7, uuid7s


def test_an_id_names_version_seven_and_the_time_it_was_made():
    """In a process of its own: another test may have lived in the future, and ids never step back."""
    before = time.time_ns() // 1_000_000
    command = "from kontor.kernel.ids import uuid7; print(uuid7())"
    said = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout
    made = UUID(said.strip())
    after = time.time_ns() // 1_000_000
    assert made.version == 7 and made.variant == RFC_4122
    assert before <= made.int >> 80 <= after + 1


def test_ids_of_one_process_never_step_back():
    drawn = [uuid7() for _ in range(5_000)] + uuid7s(5_000) + [uuid7()]
    assert drawn == sorted(drawn) and len(set(drawn)) == len(drawn)


def test_ids_drawn_by_many_threads_are_all_different():
    with ThreadPoolExecutor(8) as threads:
        drawn = [made for batch in threads.map(lambda _: uuid7s(500), range(40)) for made in batch]
    assert len(set(drawn)) == 20_000


def test_a_forked_child_does_not_continue_the_counter_of_its_parent():
    uuid7()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, b"".join(made.bytes for made in uuid7s(100)))
        os._exit(0)
    mine = {made.bytes for made in uuid7s(100)}
    os.waitpid(child, 0)
    theirs = os.read(reader, 1_600)
    os.close(reader)
    os.close(writer)
    assert len(theirs) == 1_600
    assert mine.isdisjoint(theirs[start : start + 16] for start in range(0, 1_600, 16))


def test_no_ids_are_drawn_when_none_are_wanted():
    assert uuid7s(0) == []
