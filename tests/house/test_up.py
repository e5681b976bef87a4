"""The whole house with one command, seen by somebody who starts it, kills it and starts it again."""

import http.client
import json
import os
import signal
import socket

import pytest

from kontor.config.embedded import Cluster
from kontor.config.house import House
from kontor.config.supervisor import holder


def five_free_ports() -> int:
    """The first of five neighbours nobody listens on."""
    for base in range(18400, 19400, 10):
        with socket.socket() as probe:
            if all(probe.connect_ex(("127.0.0.1", base + offset)) for offset in range(5)):
                return base
    raise AssertionError("no five free ports")


def page(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.fixture
def started(folder, kontor):
    """An empty house that is up in the background."""
    house, base = House(folder / "house"), five_free_ports()
    up = kontor(house.path, "up", "--detach", "--empty", f"--port={base}")
    assert up.returncode == 0, up.stdout + up.stderr
    yield house, base, up.stdout
    kontor(house.path, "down")


def test_the_house_comes_up_says_where_survives_kill_9_and_goes_down(started, kontor):
    house, base, said = started
    for words in (
        f"http://127.0.0.1:{base}/",
        f"http://127.0.0.1:{base + 2}/",
        str(house.path),
        "./kontor down",
    ):
        assert words in said
    state = json.loads(kontor(house.path, "status", "--json").stdout)
    assert state["is_whole"]
    assert {process["name"] for process in state["processes"]} >= {"public", "desk", "back", "live", "worker"}
    assert state["pss_bytes"] <= 700e6
    assert state["database"]["migrations_pending"] == 0
    assert page(base) < 500 and page(base + 2) < 500

    again = kontor(house.path, "up")
    assert again.returncode == 2 and "already up" in again.stderr

    everything = [pid for process in state["processes"] for pid in process["pids"]]
    database = Cluster(house).pid()
    assert database is not None
    for pid in (state["supervisor_pid"], *everything, database):
        os.kill(pid, signal.SIGKILL)
    broken = kontor(house.path, "status")
    assert broken.returncode == 3 and "The house is down." in broken.stdout

    up = kontor(house.path, "up", "--detach")
    assert up.returncode == 0, up.stdout + up.stderr
    assert f"http://127.0.0.1:{base}/" in up.stdout  # it remembers its ports
    assert kontor(house.path, "status").returncode == 0

    assert kontor(house.path, "down").returncode == 0
    assert holder(house) is None and not Cluster(house).is_running()
    with pytest.raises(OSError):
        page(base)
    assert kontor(house.path, "down").returncode == 0


@pytest.mark.parametrize("words", [["down"], ["psql"], ["backup", "file"]])
def test_where_there_is_no_house_the_verbs_refuse_and_make_none(folder, kontor, words):
    done = kontor(folder / "nothing", *words)
    assert done.returncode == 2 and "There is no house" in done.stderr
    assert not (folder / "nothing").exists()


def test_an_unknown_verb_is_refused_with_the_list(folder, kontor):
    done = kontor(folder, "uup")
    assert done.returncode == 2 and "There is no verb uup." in done.stderr and "restore" in done.stderr
