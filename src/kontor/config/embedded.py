"""The life of the embedded PostgreSQL: made once, started, stopped, and started again after any death.

The server listens on a socket only, asks every role for its password (SCRAM) and checksums its pages.
As root it runs as ``postgres`` or ``nobody``, because PostgreSQL refuses to run as root.
"""

import fcntl
import hashlib
import json
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kontor.config.binaries import ServerUser, find_programs
from kontor.config.house import SOCKET_PORT, House, replace_file, write_private
from kontor.config.roles import create_roles_and_database
from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _

__all__ = ["Cluster", "create_roles_and_database", "open_database"]

LONGEST_SOCKET = 103  # sun_path holds 108 bytes on Linux and 104 on macOS, with the closing NUL
START_SECONDS = 180.0  # a big house that was killed replays its log first
_COMMON = {
    "listen_addresses": "''",
    "port": str(SOCKET_PORT),
    "max_connections": "200",
    "shared_buffers": "'192MB'",
    "work_mem": "'8MB'",
    "maintenance_work_mem": "'128MB'",
    "effective_cache_size": "'2GB'",
    "wal_level": "replica",
    "max_wal_size": "'2GB'",
    "min_wal_size": "'128MB'",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "effective_io_concurrency": "32",
    "jit": "off",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",
    "password_encryption": "'scram-sha-256'",
    "log_min_duration_statement": "'2s'",
    "log_lock_waits": "on",
    "log_line_prefix": "'%m [%p] %q%u@%d '",
}
_FOR_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "on"}


class Cluster:
    """The embedded server of one house. Every method may be called by several processes at once."""

    def __init__(self, house: House) -> None:
        self.house = house

    def pid(self) -> int | None:
        """The process id of the running server of this very data folder, else None."""
        pid = _recorded_pid(self.house.cluster)
        return pid if pid is not None and _is_our_server(pid, self.house.cluster) else None

    def is_running(self) -> bool:
        """Whether the server runs (it may still be recovering)."""
        return self.pid() is not None

    def start(self, *, durable: bool = True) -> None:
        """Make the cluster if it is new, and start it; returns when it answers. Safe to repeat.

        ``durable=False`` gives up safety against power loss, for tests.

        Raises:
            HouseRefusal: no PostgreSQL ≥ 18 is found, or the server does not start (with its last words).
        """
        self.house.create_folders()
        with self._lock():
            user = self._settle()
            if self._is_ready():
                return
            programs = find_programs(self.house.server_root / "runtime", user=user)
            if not (self.house.cluster / "PG_VERSION").exists():
                self._make(programs, user=user, durable=durable)
            self._configure(user=user, durable=durable)
            self._launch(programs, user=user)

    def stop(self) -> None:
        """Stop the server; work in progress is rolled back. Safe to repeat."""
        if not self.house.run.exists():
            return
        with self._lock():
            pid = self.pid()
            if pid is None:
                return
            for number, seconds in ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0)):
                with suppress(ProcessLookupError):
                    os.kill(pid, number)  # fast, immediate, and the hard way
                if _wait_until_gone(pid, self.house.cluster, seconds=seconds):
                    return

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.house.run / "cluster.lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _settle(self) -> ServerUser:
        """Decide who runs the server and where its files lie; make those folders."""
        user = _server_user(self.house)
        placement = {}
        if user.uid is not None:
            self.house.path.chmod(self.house.path.stat().st_mode | 0o011)
        root = self.house.server_root
        if not user.can_enter(self.house.path):
            identity = self.house.secret("house-id")
            root = Path("/var/lib/kontor") / re.sub(r"\W", "", identity)[:16]
            root.mkdir(parents=True, exist_ok=True)
            root.chmod(0o711)
            placement["server_root"] = str(root)
        sockets = root / "sockets"
        if len(os.fsencode(str(sockets))) + len(f"/.s.PGSQL.{SOCKET_PORT}") > LONGEST_SOCKET:
            sockets = _short_folder(self.house, user=user)
            placement["sockets"] = str(sockets)
        wanted = json.dumps(placement)
        if placement or self.house.placement_file.exists():
            replace_file(self.house.placement_file, wanted, mode=0o644)
        sockets.mkdir(exist_ok=True)
        sockets.chmod(0o755)
        _give(sockets, user)
        return user

    def _is_ready(self) -> bool:
        if not self.is_running():
            return False
        lines = _pid_lines(self.house.cluster)
        return len(lines) > 7 and lines[7].strip() == "ready"

    def _make(self, programs: Path, *, user: ServerUser, durable: bool) -> None:
        """Make it beside its place, then rename: a half-made cluster never stands in its place."""
        root = self.house.server_root
        for left_over in root.glob(".cluster-*"):
            shutil.rmtree(left_over)
        draft = Path(tempfile.mkdtemp(prefix=".cluster-", dir=root))
        _give(draft, user)
        password = root / f".password-{draft.name[-8:]}"
        write_private(password, self.house.secret("database-superuser") + "\n")
        _give(password, user)
        command = [str(programs / "initdb"), "-D", str(draft), "-U", "postgres", f"--pwfile={password}"]
        command += ["--auth-local=scram-sha-256", "--auth-host=scram-sha-256", "--data-checksums"]
        command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["--no-instructions", *([] if durable else ["--no-sync"])]
        try:
            answer = user.run(command)
        finally:
            password.unlink()
        if answer.returncode:
            raise HouseRefusal(
                _("The database cluster could not be made. Its last words:\n%(words)s")
                % {"words": answer.stdout[-1500:]}
            )
        with (draft / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write("\ninclude_if_exists 'kontor.conf'\n")
        draft.rename(self.house.cluster)

    def _configure(self, *, user: ServerUser, durable: bool) -> None:
        sockets = str(self.house.sockets).replace("'", "''")
        settings = _COMMON | {"unix_socket_directories": f"'{sockets}'"} | ({} if durable else _FOR_TESTS)
        file = self.house.cluster / "kontor.conf"
        lines = [
            "# Written by Kontor at every start. Put own settings into postgresql.auto.conf (ALTER SYSTEM)."
        ]
        replace_file(file, "\n".join([*lines, *(f"{key} = {value}" for key, value in settings.items()), ""]))
        _give(file, user)

    def _launch(self, programs: Path, *, user: ServerUser) -> None:
        """Start and wait. Children of a killed server may hold its memory for some seconds: try again."""
        cluster = self.house.cluster
        log = _fresh_log(self.house.server_root / "postgres.log", user=user)
        patience = time.monotonic() + START_SECONDS
        while True:
            if self._is_ready():  # started by a process that was killed while it waited
                return
            _forget_dead_server(cluster)
            already_said = log.stat().st_size
            command = [str(programs / "pg_ctl"), "start", "-w", "-t", str(int(START_SECONDS))]
            answer = user.run([*command, "-D", str(cluster), "-l", str(log)], seconds=START_SECONDS + 10)
            if answer.returncode == 0:
                return
            words = log.read_bytes()[already_said:].decode("utf-8", "replace")
            still_dying = "pre-existing shared memory block" in words or "lock file" in words
            if not still_dying or time.monotonic() > patience:
                raise HouseRefusal(
                    _("The database server does not start. Its last words:\n%(words)s")
                    % {"words": (words or answer.stdout)[-1500:]}
                )
            time.sleep(0.3)


@contextmanager
def open_database(house: House) -> Iterator[None]:
    """The house's database with its roles for as long as this lasts; stopped again if it was not running before."""
    house.create_folders()
    cluster = Cluster(house)
    was_running = house.is_external or cluster.is_running()
    if not house.is_external:
        cluster.start()
    try:
        create_roles_and_database(house)
        yield
    finally:
        if not was_running:
            cluster.stop()


def _server_user(house: House) -> ServerUser:
    if os.geteuid() != 0:
        return ServerUser()
    owner = house.cluster.stat() if house.cluster.exists() else None
    if owner and owner.st_uid != 0:
        return ServerUser(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return ServerUser(entry.pw_uid, entry.pw_gid)
    raise HouseRefusal(
        _("PostgreSQL does not run as root. Create a user named postgres, or start Kontor as another user.")
    )


def _short_folder(house: House, *, user: ServerUser) -> Path:
    """A folder with a short name for the socket, ours alone: others could guess the name and take it."""
    digest = hashlib.sha256(os.fsencode(str(house.path))).hexdigest()[:12]
    for base in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108  (checked below)
        folder = Path(base) / f"kontor-{digest}"
        if len(str(folder)) > LONGEST_SOCKET - 20 or not user.can_enter(Path(base)):
            continue
        with suppress(FileExistsError):
            folder.mkdir(mode=0o755)
        found = folder.lstat()
        if stat.S_ISDIR(found.st_mode) and found.st_uid in {os.geteuid(), user.uid}:
            return folder
    raise HouseRefusal(
        _("The path %(path)s is too long for a socket. Choose a shorter one with --data.")
        % {"path": house.path}
    )


def _give(path: Path, user: ServerUser) -> None:
    if user.uid is not None and user.gid is not None:
        os.chown(path, user.uid, user.gid)


def _fresh_log(log: Path, *, user: ServerUser) -> Path:
    if log.exists() and log.stat().st_size > 10_000_000:
        log.replace(log.with_suffix(".log.1"))
    log.touch(mode=0o640)
    _give(log, user)
    return log


def _pid_lines(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []


def _recorded_pid(cluster: Path) -> int | None:
    lines = _pid_lines(cluster)
    return int(lines[0]) if lines and lines[0].strip().isdigit() else None


def _is_our_server(pid: int, cluster: Path) -> bool:
    """Whether this process is a server of this data folder: its number may by now belong to anybody."""
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
        state = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        if Path("/proc/self").exists():
            return False
        line, state = _asked_of_ps(pid), "S"
    names_folder = any(word == str(cluster) for word in line)
    return state != "Z" and "postgres" in line[0] and names_folder


def _asked_of_ps(pid: int) -> list[str]:
    """The command line where there is no /proc (macOS)."""
    answer = subprocess.run(
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False, timeout=10
    )
    return answer.stdout.strip().split(" ") if answer.returncode == 0 else [""]


def _forget_dead_server(cluster: Path) -> None:
    """Remove the pid file of a killed server: its number may be another process by now."""
    pid = _recorded_pid(cluster)
    if pid is not None and not _is_our_server(pid, cluster):
        (cluster / "postmaster.pid").unlink()


def _wait_until_gone(pid: int, cluster: Path, *, seconds: float) -> bool:
    patience = time.monotonic() + seconds
    while _is_our_server(pid, cluster):
        if time.monotonic() > patience:
            return False
        time.sleep(0.05)
    return True
