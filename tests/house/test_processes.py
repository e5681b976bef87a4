"""The processes of a house, seen by somebody who kills them in turn."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kontor.config.children import end_left_overs, processes_marked, recorded_marks, spawn
from kontor.config.house import PROJECT, House
from kontor.config.processes import Process
from kontor.config.supervisor import Supervisor, holder, the_only_one
from kontor.config.words import HouseRefusal

# A process that starts another one of its own, as a web server starts its workers.
PARENT = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
time.sleep(600)
"""
# A supervisor with a table of one web page.
SUPERVISOR = """
import sys
from pathlib import Path
from kontor.config.house import House
from kontor.config.processes import Process
from kontor.config.supervisor import Supervisor, stop_on_signals, the_only_one
house, base = House(Path(sys.argv[1])), int(sys.argv[2])
table = [Process("page", "public", "page", offset=0, interface="wsgi")]
stop_on_signals()
with the_only_one(house):
    Supervisor(house, base, table).run(lambda: print("ready", flush=True))
"""
PAGE = """
import os
def application(environ, start_response):
    start_response("200 OK", [])
    return [str(os.getpid()).encode()]
"""


@pytest.fixture
def house(folder, monkeypatch):
    """A house whose database is somebody else's, with a module ``page`` and a module ``parent`` to run."""
    (folder / "modules").mkdir()
    (folder / "modules" / "parent.py").write_text(PARENT)
    (folder / "modules" / "page.py").write_text(PAGE)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder / "modules"), str(PROJECT / "src")]))
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/nowhere")
    house = House(folder / "house")
    house.create_folders()
    yield house
    end_left_overs(house)


def pids_of(house: House) -> list[int]:
    return [pid for pids in processes_marked(recorded_marks(house).values()).values() for pid in pids]


def state_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "gone"


def wait_for(condition, *, seconds: float = 15) -> bool:
    patience = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > patience:
            return False
        time.sleep(0.05)
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_what_a_killed_supervisor_left_is_found_with_its_own_children_and_ended(house):
    child = spawn(Process("worker", "worker", "parent"), house, 1)
    assert wait_for(lambda: len(pids_of(house)) == 2)
    child.popen.kill()
    child.popen.wait()
    assert len(pids_of(house)) == 1  # the grandchild lives on
    assert end_left_overs(house) == 1
    assert pids_of(house) == [] and list(house.run.glob("*.pid")) == []


def test_a_stranger_who_has_the_number_in_a_pid_file_is_left_alone(house):
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as stranger:
        (house.run / "worker.pid").write_text(f'{{"pid": {stranger.pid}, "mark": "{"0" * 32}"}}')
        assert end_left_overs(house, seconds=0.2) == 0
        assert stranger.poll() is None
        stranger.kill()


def test_a_broken_pid_file_is_no_obstacle(house):
    (house.run / "worker.pid").write_text("half a l")
    assert end_left_overs(house) == 0
    assert not (house.run / "worker.pid").exists()


def test_the_children_of_another_house_are_left_alone(house, folder):
    other = House(folder / "other")
    other.create_folders()
    spawned = spawn(Process("worker", "worker", "parent"), other, 1)
    assert wait_for(lambda: len(pids_of(other)) == 2)
    assert end_left_overs(house) == 0
    assert spawned.is_alive() and end_left_overs(other) == 2
    spawned.popen.wait()


def test_a_house_is_held_by_one_process(house):
    assert holder(house) is None
    with the_only_one(house):
        assert holder(house) == os.getpid()
        with pytest.raises(HouseRefusal, match="already up"), the_only_one(house):
            pass
    assert holder(house) is None


def test_a_taken_port_is_refused_before_anything_starts(house):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        table = [Process("page", "public", "page", offset=0, interface="wsgi")]
        with pytest.raises(HouseRefusal, match=f"Port {port} is taken"):
            Supervisor(house, port, table).check_ports()


def ask(port: int) -> int:
    """The number of the process that serves the page."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(b"GET / HTTP/1.0\r\nHost: x\r\n\r\n")
        return int(connection.makefile("rb").read().rsplit(b"\r\n", 1)[-1])


def answers(port: int, *, but_not: int = 0) -> bool:
    """Whether somebody serves the page now, somebody else than ``but_not``."""
    try:
        return ask(port) not in {0, but_not}
    except (OSError, ValueError):
        return False


@pytest.fixture
def supervised(house):
    """A supervisor in a process of its own, with its page answering."""
    port = free_port()
    command = [sys.executable, "-c", SUPERVISOR, str(house.path), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None and supervisor.stdout.readline() == "ready\n"
        yield supervisor, port
        supervisor.kill()


def test_a_killed_web_process_comes_back(house, supervised):
    _supervisor, port = supervised
    served_by = ask(port)
    for pid in pids_of(house):
        os.kill(pid, signal.SIGKILL)
    assert wait_for(lambda: answers(port, but_not=served_by))


def test_a_web_process_whose_main_process_alone_was_killed_comes_back(house, supervised):
    _supervisor, port = supervised
    served_by = ask(port)
    main = next(pid for pid in pids_of(house) if pid != served_by)
    os.kill(main, signal.SIGKILL)
    assert wait_for(lambda: answers(port, but_not=served_by))
    assert state_of(served_by) in {"gone", "Z"}  # a zombie where nobody reaps orphans, as in many containers


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_and_its_like_end_everything(house, supervised, number):
    supervisor, port = supervised
    supervisor.send_signal(number)
    assert supervisor.wait(20) == 0
    assert pids_of(house) == [] and not answers(port)
    assert holder(house) is None


def test_after_kill_9_of_the_supervisor_the_next_start_clears_up(house, supervised):
    supervisor, port = supervised
    supervisor.kill()
    supervisor.wait()
    assert answers(port) and holder(house) is None
    assert end_left_overs(house) == 2
    assert not answers(port)


def test_a_process_that_cannot_start_is_refused_with_the_end_of_its_log(house, folder):
    (folder / "modules" / "broken.py").write_text("raise SystemExit('the reason is here')\n")
    table = [Process("worker", "worker", "broken")]
    with the_only_one(house), pytest.raises(HouseRefusal, match="the reason is here"):
        Supervisor(house, free_port(), table).run(lambda: None)


def test_a_step_of_the_preparation_that_outlived_a_killed_start_is_ended_too(house):
    code = (
        "import os, sys; from pathlib import Path; from kontor.config.children import run_marked;"
        "from kontor.config.house import House;"
        "run_marked('migrate', [sys.executable, '-c', 'import time; time.sleep(600)'],"
        " House(Path(sys.argv[1])), environment=dict(os.environ))"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(house.path)]) as start:
        assert wait_for(lambda: len(pids_of(house)) == 1)
        start.kill()
        start.wait()
    assert len(pids_of(house)) == 1
    assert end_left_overs(house) == 1
