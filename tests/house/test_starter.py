"""``./kontor`` before there is anything to run it with: which Python it takes, when it installs, what it says."""

import hashlib
import importlib.machinery
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kontor.config.house import PROJECT


@pytest.fixture
def starter(tmp_path, monkeypatch):
    """The starter as a module that believes to stand in an empty project, with nothing on PATH."""
    loader = importlib.machinery.SourceFileLoader("kontor_starter", str(PROJECT / "kontor"))
    spec = importlib.util.spec_from_loader("kontor_starter", loader)
    module = importlib.util.module_from_spec(spec)
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    loader.exec_module(module)
    sys.dont_write_bytecode = written
    (tmp_path / "project").mkdir()
    for name, part in (("PROJECT", ""), ("VENV", ".venv"), ("STATE", ".kontor")):
        monkeypatch.setattr(module, name, str(tmp_path / "project" / part))
    monkeypatch.setattr(module, "STAMP", str(tmp_path / "project/.venv/kontor-requirements.json"))
    monkeypatch.setattr(module, "UNFINISHED", str(tmp_path / "project/.venv/kontor-unfinished"))
    monkeypatch.setattr(module.sys, "version_info", (3, 9, 0))
    monkeypatch.setattr(module, "FOLDERS", ())
    for variable in ("PATH", "PYENV_ROOT", "HOME"):
        (tmp_path / variable).mkdir()
        monkeypatch.setenv(variable, str(tmp_path / variable))
    monkeypatch.setenv("LANG", "C")
    return module


def interpreter(path: Path, version: str) -> str:
    """Something that answers like a Python of this version; an empty version is a broken one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho {version}\n" if version else "#!/bin/sh\nexit 1\n")
    path.chmod(0o755)
    return str(path)


def test_the_newest_python_on_path_is_preferred(starter, tmp_path):
    older = interpreter(tmp_path / "PATH" / "python3.12", "3.12")
    newer = interpreter(tmp_path / "PATH" / "python3.13", "3.13")
    interpreter(tmp_path / "PATH" / "python3", "3.11")
    assert starter.suitable_pythons() == [(newer, "3.13"), (older, "3.12")]


def test_a_python_of_pyenv_is_found_though_it_is_not_on_path(starter, tmp_path):
    interpreter(tmp_path / "PATH" / "python3", "3.11")
    hidden = interpreter(tmp_path / "PYENV_ROOT/versions/3.12.1/bin/python3.12", "3.12")
    assert starter.suitable_pythons() == [(hidden, "3.12")]


def test_a_shim_that_does_not_work_and_a_python_without_venv_are_passed_over(starter, tmp_path):
    interpreter(tmp_path / "PATH" / "python3.14", "")
    interpreter(tmp_path / "PATH" / "python3.13", "3.10")
    whole = interpreter(tmp_path / "PATH" / "python3.12", "3.12")
    assert starter.suitable_pythons() == [(whole, "3.12")]


def test_without_any_python_it_says_in_one_sentence_what_to_install(starter, monkeypatch):
    monkeypatch.setattr(starter, "fetched_uv", lambda: None)  # stands for a machine without internet
    with pytest.raises(starter.Stop, match=r"Install one \(Debian, Ubuntu: apt install python3"):
        starter.fetched_pythons()
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    with pytest.raises(starter.Stop, match="Bitte installieren Sie eines"):
        starter.fetched_pythons()


def installed(starter, digest: str, lock: str = "requirements.lock") -> None:
    python = Path(starter.VENV) / "bin" / "python"
    interpreter(python, "3.13")
    Path(starter.STAMP).write_text(json.dumps({lock: digest}))


def test_it_installs_again_exactly_when_the_lock_file_has_changed(starter):
    lock = Path(starter.PROJECT) / "requirements.lock"
    lock.write_text("one==1\n")
    digest = starter.digest_of(str(lock))
    assert digest == hashlib.sha256(b"one==1\n").hexdigest()
    assert not starter.is_current("requirements.lock", digest)
    installed(starter, digest)
    assert starter.is_current("requirements.lock", digest)
    assert not starter.is_current("requirements-dev.lock", digest)
    lock.write_text("one==2\n")
    assert not starter.is_current("requirements.lock", starter.digest_of(str(lock)))


def test_an_installation_that_was_killed_half_way_is_made_anew(starter):
    installed(starter, "same")
    assert starter.venv_is_usable()
    starter.mark_unfinished()
    assert not starter.is_current("requirements.lock", "same")
    assert not starter.venv_is_usable()


def test_a_failing_installation_quotes_pip_and_leaves_no_stamp(starter, monkeypatch):
    (Path(starter.PROJECT) / "requirements.lock").write_text("one==1\n")
    python = Path(starter.VENV) / "bin" / "python"
    interpreter(python, "3.13")
    python.write_text("#!/bin/sh\ncase $2 in pip) echo no network; exit 1;; esac; echo 3.13\n")
    with pytest.raises(starter.Stop, match="no network"):
        starter.prepare("requirements.lock", "digest")
    assert not Path(starter.STAMP).exists()


def test_a_python_that_the_requirements_do_not_suit_gives_way_to_an_older_one(starter, tmp_path, capsys):
    (Path(starter.PROJECT) / "requirements.lock").write_text("one==1\n")
    answers = {"3.13": "echo 'No matching distribution found'; exit 1", "3.12": "exit 0"}
    for version, answer in answers.items():
        made = "mkdir -p $3/bin; cp $0 $3/bin/python; exit 0"
        path = tmp_path / "PATH" / f"python{version}"
        interpreter(path, version)
        path.write_text(
            f"#!/bin/sh\nPATH=/usr/bin:/bin\ncase $2 in venv) {made};; pip) {answer};; esac; echo {version}\n"
        )
    starter.prepare("requirements.lock", "digest")
    assert json.loads(Path(starter.STAMP).read_text()) == {"requirements.lock": "digest"}
    assert "Python 3.13 does not suit" in capsys.readouterr().err


@pytest.mark.parametrize("version", ["3.6", "3.8", "3.9", "3.11"])
def test_an_old_python_can_at_least_read_it(version):
    for path in Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"):
        code = f"import ast; ast.parse(open({str(PROJECT / 'kontor')!r}, encoding='utf-8').read())"
        assert subprocess.run([str(path), "-c", code], env=dict(os.environ), check=False).returncode == 0
        return
    pytest.skip(f"no Python {version} on this machine")
