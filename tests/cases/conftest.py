"""A store of each kind, fresh for every test: SQLite, and a PostgreSQL cluster that lives as long as the session."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from checker.cases.settings import CaseSettings, load_case_settings
from checker.cases.store import Store
from checker.cases.upkeep import migrate
from checker.extract.extractor import FrameExtractor
from checker.judge.judge import Judge
from checker.rulebase.loader import require_rulebase

PROGRAMS = ("initdb", "pg_ctl", "postgres")


def _user() -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as somebody else."""
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.getuid() == 0 else []


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a throw-away PostgreSQL server, without the name of a database."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        if os.environ.get("CI"):
            pytest.fail(f"{', '.join(missing)} are not installed")
        pytest.skip(f"PostgreSQL is not installed ({', '.join(missing)})")
    base = Path(os.environ.get("PYTEST_PG", "/tmp")) / f"sanctions-pg-{os.getpid()}"  # noqa: S108 - a path short enough for a socket
    shutil.rmtree(base, ignore_errors=True)
    base.mkdir(mode=0o755)
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(base, nobody.pw_uid, nobody.pw_gid)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = base / "data"
    quiet = {"check": True, "capture_output": True, "timeout": 120}
    subprocess.run([*_user(), "initdb", "-D", str(data), "-U", "checker", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], **quiet)
    options = f"-p {port} -k {base} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    subprocess.run([*_user(), "pg_ctl", "-D", str(data), "-w", "-l", str(base / "log"), "-o", options, "start"], **quiet)
    try:
        yield f"postgresql+psycopg://checker@/{{}}?host={base}&port={port}"
    finally:
        subprocess.run([*_user(), "pg_ctl", "-D", str(data), "-m", "immediate", "stop"], check=False, capture_output=True, timeout=60)
        shutil.rmtree(base, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store of either kind may be made."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    cluster: str = request.getfixturevalue("cluster")
    name = f"t{abs(hash(str(tmp_path))):x}"
    engine = create_engine(cluster.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return cluster.format(name)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A store of this version, without anything in it."""
    found = Store(address)
    migrate(found)
    yield found
    found.close()


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge(require_rulebase())


@pytest.fixture(scope="session")
def extractor(judge: Judge) -> FrameExtractor:
    return FrameExtractor(judge.rulebase.vocabulary)


@pytest.fixture(scope="session")
def settings(judge: Judge) -> CaseSettings:
    return load_case_settings(judge.rulebase.vocabulary)
