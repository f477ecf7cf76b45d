"""Settings: where every value is from, where every mistake is, and that secrets are never shown."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from checker.cli.main import main
from checker.errors import UsageError
from checker.night.config import Reading, load_config, read_config
from checker.night.config_check import reachable
from checker.night.config_places import places
from checker.strictyaml.message import render, render_all

WHOLE = """\
# The desk's settings
[state]
store = "cases.db"
out = "/srv/reports"

[run]
rules = ["our-rules"]
min_tier = "fair"   # the weak ones are noise

[[sources]]
name = "post"
kind = "feed"
url = "https://post.example/feed"
expected = [5, 60]
authorization = {env = "POST_TOKEN"}

[[sources]]
name = "desk"
kind = "folder"
path = "in"
required = true

[[channels]]
name = "drop"
kind = "file"
path = "out"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "sanctions.toml"
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> Reading:
    return read_config(write(folder, text), environ or {})


def told(folder: Path, reading: Reading) -> list[str]:
    """Each problem on one line: place, code, message; the folder left out."""
    return [render(p).replace(f"{folder}/", "").split("\n")[0] for p in reading.problems]


def test_a_file_the_environment_and_defaults(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, WHOLE), {"POST_TOKEN": "Bearer s3cret", "SANCTIONS_RUN__PROCESSES": "2", "HOME": "/"})
    assert (config.state.store, config.state.out, config.state.lock) == (
        str(tmp_path / "cases.db"), Path("/srv/reports"), tmp_path / "var/night.lock")
    assert (config.run.rules, config.run.min_tier, config.run.processes) == ((tmp_path / "our-rules",), "fair", 2)
    post, desk = config.sources
    assert (post.url, post.expected, post.authorization.get_secret_value(), post.limit) == (
        "https://post.example/feed", (5, 60), "Bearer s3cret", 10_000_000)
    assert (desk.path, desk.required, desk.lateness_days) == (tmp_path / "in", True, 3)
    assert (config.channels[0].path, config.channels[0].on) == (tmp_path / "out", "change")


def test_without_a_file_there_are_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = load_config(None, {})
    assert (config.state.store, config.sources) == ("var/sanctions.db", ())
    write(tmp_path, "[run]\nprocesses = 3\n")
    assert load_config(None, {}).run.processes == 3
    (tmp_path / "other.toml").write_text("[run]\nprocesses = 4\n")
    assert load_config(None, {"SANCTIONS_CONFIG": "other.toml"}).run.processes == 4
    with pytest.raises(UsageError, match="there is no such file"):
        load_config(Path("gone.toml"), {})


def test_variables_win_over_the_file_and_lists_are_json(tmp_path: Path) -> None:
    reading = read(tmp_path, WHOLE, {"POST_TOKEN": "x", "SANCTIONS_RUN__RULES": '["a", "b"]', "SANCTIONS_STORE": "postgresql://h/d",
                                     "sanctions_state__out": "r"})
    assert reading.config is not None
    assert reading.config.run.rules == (Path("a"), Path("b"))
    assert (reading.config.state.store, reading.config.state.out) == ("postgresql://h/d", Path("r"))
    assert reading.origin(("state", "store")) == "SANCTIONS_STORE"
    assert reading.origin(("run", "rules")) == "SANCTIONS_RUN__RULES"
    both = read(tmp_path, WHOLE, {"POST_TOKEN": "x", "SANCTIONS_STORE": "one", "SANCTIONS_STATE__STORE": "two"})
    assert both.config is not None
    assert both.config.state.store == "two"
    whole = read(tmp_path, "", {"SANCTIONS_SOURCES": '[{"name": "x", "kind": "folder", "path": "in"}]'})
    assert whole.config is not None
    assert [s.path for s in whole.config.sources] == [Path("in")]


def test_lateness_of_a_source_is_that_of_the_run_unless_it_has_its_own(tmp_path: Path) -> None:
    text = ('[run]\nlateness_days = 9\n[[sources]]\nname = "a"\nkind = "folder"\npath = "x"\n'
            '[[sources]]\nname = "b"\nkind = "folder"\npath = "x"\nlateness_days = 0\n')
    config = load_config(write(tmp_path, text), {})
    assert [s.lateness_days for s in config.sources] == [9, 0]


FOLDER = '[[sources]]\nname = "a"\nkind = "folder"\npath = "x"\n'
FEED = '[[sources]]\nname = "a"\nkind = "feed"\nurl = "https://x.example/"\n'
MAIL = ('[[channels]]\nname = "m"\nkind = "smtp"\nhost = "mail.x.example"\nfrom = "Night <night@x.example>"\n'
        'to = ["a@x.example", "Desk <b@x.example>"]\n')
HOOK = '[[channels]]\nname = "h"\nkind = "webhook"\nurl = "https://x.example/hook"\nsecret = {env = "HOOK"}\n'
MISTAKES: list[tuple[str, str, str]] = [
    ('[state]\nstoer = "x"\n', "sanctions.toml:2:1: error[unknown-key]: 'stoer' is no key of [state]", "did you mean store?"),
    ("[stat]\n", "sanctions.toml:1:2: error[unknown-key]: 'stat' is no section of the settings", "did you mean state?"),
    ('_env_file = "x"\n', "sanctions.toml:1:1: error[unknown-key]: '_env_file' is no section of the settings", ""),
    ("self = 1\n", "sanctions.toml:1:1: error[unknown-key]: 'self' is no section of the settings", ""),
    ('[run]\nmin_tier = "fiar"\n', "sanctions.toml:2:12: error[unknown-term]: 'fiar' is no value of `min_tier`", "did you mean fair?"),
    ("[run]\nprocesses = 0\n", "sanctions.toml:2:13: error[wrong-value]: `processes` should be greater than or equal to 1", ""),
    ('[run]\nrules = "x"\n', "sanctions.toml:2:9: error[wrong-value]: `rules` should be a valid list", ""),
    ("run = 7\n", "sanctions.toml:1:7: error[wrong-value]: `run` should be a valid table", ""),
    ("[sources]\n", "sanctions.toml:1:2: error[wrong-value]: `sources` should be a valid list", ""),
    ('[[sources]]\nkind = "fodler"\npath = "x"\n', "sanctions.toml:1:3: error[missing-key]: `name` is missing", ""),
    ('[[sources]]\nname = "a"\nkind = "fodler"\npath = "x"\n', "sanctions.toml:3:8: error[unknown-term]: 'fodler' is no value of `kind`",
     "did you mean folder?"),
    (FOLDER.replace('"a"', '"../a"'), "sanctions.toml:2:8: error[wrong-value]: `name` should match pattern", ""),
    ('[[sources]]\nname = "a"\nkind = "folder"\n', "sanctions.toml:2:1: error[missing-key]: neither `path` nor `url` is given", ""),
    (FEED + 'path = "x"\n', "sanctions.toml:4:1: error[contradiction]: both `path` and `url` are given", ""),
    ('[[sources]]\nname = "a"\nkind = "mail"\nurl = "https://x.example/"\n',
     "sanctions.toml:4:1: error[contradiction]: a source of the kind mail has no `url`", ""),
    (FOLDER + "timeout = 5\n", "sanctions.toml:5:1: error[contradiction]: `timeout` is for sources with a `url`", ""),
    (FOLDER + FOLDER.replace('"a"', '"A"'), "sanctions.toml:6:8: error[duplicate-key]: another one is called 'A'", ""),
    (FEED + 'mapping = "m.yaml"\n', "sanctions.toml:5:1: error[contradiction]: sources of the kind feed have no columns", ""),
    (FEED + "expected = [9, 2]\n", "sanctions.toml:5:12: error[wrong-value]: `expected` is the least and the most items of a night", ""),
    (FEED + "expected = [9]\n", "sanctions.toml:5:12: error[missing-key]: ", ""),
    (FEED.replace("https://x.example/", "file:///etc/passwd"), "sanctions.toml:4:7: error[wrong-value]: this is no address", ""),
    (FEED.replace("https://x.example/", "http://[::1"), "sanctions.toml:4:7: error[wrong-value]: this is no address", ""),
    (FEED.replace("example/", "example/{day}.csv"), "sanctions.toml:4:7: error[unknown-term]: '{day}' is no mark of an address", "{date}"),
    (MAIL.replace('host = "mail.x.example"\n', ""), "sanctions.toml:2:1: error[missing-key]: `host` is missing", "name the mail server"),
    (MAIL.replace('["a@x.example", "Desk <b@x.example>"]', "[]"), "sanctions.toml:6:1: error[missing-key]: `to` is missing", "desk@"),
    (MAIL.replace('"a@x', '"a@@x'), "sanctions.toml:6:7: error[wrong-value]: this is not one mail address", "Night desk <desk@x.example>"),
    (MAIL.replace("<b@x.example>", "<b@x.example>, c@x.example"), "sanctions.toml:6:22: error[wrong-value]: this is not one mail", ""),
    (MAIL.replace("Desk <", "Desk\\r\\nBcc: z@x.example <"), "sanctions.toml:6:22: error[wrong-value]: this is not one mail", ""),
    (MAIL.replace("Night <", "Night "), "sanctions.toml:5:8: error[wrong-value]: this is not one mail address", ""),
    (MAIL.replace("mail.x", "smtp://mail.x"), "sanctions.toml:4:8: error[wrong-value]: this is no name of a server", "port"),
    (MAIL.replace("mail.x.example", "mail.x.example:25"), "sanctions.toml:4:8: error[wrong-value]: this is no name of a server", "`port`"),
    (MAIL + 'form = "x"\n', "sanctions.toml:7:1: error[unknown-key]: 'form' is no key of [channels]", "did you mean from?"),
    (MAIL + 'tls = "none"\n', "sanctions.toml:7:7: error[secret-unsafe]: mails would travel unencrypted", "allow_private = true"),
    (MAIL + 'tls = "ssl"\n', "sanctions.toml:7:7: error[unknown-term]: 'ssl' is no value of `tls`", "starttls"),
    (MAIL + "port = 99999\n", "sanctions.toml:7:8: error[wrong-value]: `port` should be less than or equal to 65535", ""),
    (MAIL + 'user = "me"\n', "sanctions.toml:7:1: error[missing-key]: there is a `user`, but no `password`", "add `password`"),
    (MAIL + 'password = "hunter2"\n', "sanctions.toml:7:1: error[secret-in-file]: secrets do not stand in the settings", "{env = "),
    (MAIL + 'password = {env = "MAIL"}\nuser = "me"\n', "sanctions.toml:7:1: error[secret-missing]: the variable MAIL is not set", ""),
    (MAIL + 'path = "x"\n', "sanctions.toml:7:1: error[contradiction]: `path` is not for channels of the kind smtp", "it is for file"),
    (MAIL + 'secret = {env = "HOME"}\n', "sanctions.toml:7:1: error[contradiction]: `secret` is not for channels of", "it is for webhook"),
    (HOOK, "sanctions.toml:5:1: error[secret-missing]: the variable HOOK is not set", "set it"),
    (HOOK.replace('secret = {env = "HOOK"}\n', ""), "sanctions.toml:2:1: error[missing-key]: `secret` is missing", "openssl rand"),
    (HOOK.replace("https", "http"), "sanctions.toml:4:7: error[secret-unsafe]: digests would travel unencrypted", "allow_private = true"),
    (HOOK.replace("//x", "//me:pw@x"), "sanctions.toml:4:1: error[secret-in-file]: secrets do not stand in addresses", "authorization"),
    (HOOK.replace("https:", "ftp:"), "sanctions.toml:4:7: error[wrong-value]: this is no address of http or https", ""),
    (HOOK + 'tls = "none"\n', "sanctions.toml:6:1: error[contradiction]: `tls` is not for channels of the kind webhook", "it is for smtp"),
    ('[[channels]]\nname = "a"\nkind = "file"\npath = "x"\ntimeout = 3\n',
     "sanctions.toml:5:1: error[contradiction]: `timeout` is not for channels of the kind file", "smtp and webhook"),
    ('[[channels]]\nname = "a"\nkind = "file"\n', "sanctions.toml:2:1: error[missing-key]: `path` is missing", ""),
    ("[state\n", "sanctions.toml:1:7: error[toml-syntax]: this is not TOML: ", ""),
    ("[state]\nout = x\n", "sanctions.toml:2:7: error[toml-syntax]: this is not TOML: invalid value", "quotes"),
    ("[state]\nout = 'x'\nout = 'y'\n", "sanctions.toml:3:10: error[toml-syntax]: this is not TOML: cannot overwrite a value", ""),
    ("[run]\nrules = [\n", "sanctions.toml:3:1: error[toml-syntax]: this is not TOML: ", ""),
]


@pytest.mark.parametrize(("text", "line", "mend"), MISTAKES, ids=lambda v: v[:40] if isinstance(v, str) else "")
def test_every_mistake_has_its_place(tmp_path: Path, text: str, line: str, mend: str) -> None:
    reading = read(tmp_path, text)
    assert reading.config is None
    assert any(found.startswith(line) for found in told(tmp_path, reading)), told(tmp_path, reading)
    assert mend in "".join(p.mend for p in reading.problems)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = WHOLE.replace('"fair"', '"fiar"').replace("required", "requierd").replace('kind = "file"', 'kind = "fiel"')
    reading = read(tmp_path, text, {"SANCTIONS_STAET__OUT": "x"})
    assert [found.partition(" ")[0] for found in told(tmp_path, reading)] == [
        "sanctions.toml:8:12:", "sanctions.toml:15:1:", "sanctions.toml:21:1:", "sanctions.toml:25:8:", "environment:"]
    with pytest.raises(UsageError) as caught:
        load_config(tmp_path / "sanctions.toml", {"SANCTIONS_STAET__OUT": "x"})
    assert str(caught.value).count("error[") == 5


def test_the_caret_stands_under_the_value(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, '[run]\nmin_tier   =  "fiar"  # a comment\n').problems
    assert render(problem).replace(f"{tmp_path}/", "") == """\
sanctions.toml:2:15: error[unknown-term]: 'fiar' is no value of `min_tier`
   2 | min_tier   =  "fiar"  # a comment
     |               ^^^^^^
help: did you mean fair?"""


@pytest.mark.parametrize(("variable", "value", "message"), [
    ("SANCTIONS_RUN__PROCESSES", "many", "SANCTIONS_RUN__PROCESSES: `processes` should be a valid integer"),
    ("SANCTIONS_RUN__RULES", "our-rules", "SANCTIONS_RUN: this is not JSON"),
    ("SANCTIONS_SOURCES", "[", "SANCTIONS_SOURCES: this is not JSON"),
    ("SANCTIONS_STATE__OTU", "x", "'otu' is no key of [state]"),
    ("SANCTIONS_RNU__RULES", "x", "SANCTIONS_RNU__RULES: there is no section 'rnu'"),
])
def test_mistakes_in_the_environment_name_the_variable(tmp_path: Path, variable: str, value: str, message: str) -> None:
    reading = read(tmp_path, "", {variable: value, "SANCTIONS_DEBUG": "1", "SANCTIONS_LLM_URL": "http://x"})
    (line,) = told(tmp_path, reading)
    assert message in line
    assert line.startswith("environment: error")


def test_a_variable_that_nothing_reads_is_told_of_and_stops_nothing(tmp_path: Path) -> None:
    reading = read(tmp_path, "", {"SANCTIONS_STOER": "x.db", "SANCTIONS_LISTS": "off", "PATH": "/bin"})
    assert reading.config is not None
    assert [(p.severity, p.message, p.mend) for p in reading.problems] == [
        ("warning", "SANCTIONS_STOER is read by nothing here", "did you mean SANCTIONS_STORE?")]


# ---- secrets ---------------------------------------------------------------------------------------------------------


def test_a_secret_is_taken_from_a_variable_or_a_file_and_shown_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text("Bearer s3cret\n")
    by_file = WHOLE.replace('{env = "POST_TOKEN"}', '{file = "token"}')
    config = load_config(write(tmp_path, by_file), {})
    assert config.sources[0].authorization.get_secret_value() == "Bearer s3cret"
    assert "s3cret" not in repr(config) + str(config.model_dump())
    monkeypatch.setenv("SANCTIONS_STORE", "postgresql://me:s3cret@db/cases")
    for arguments in ([], ["--json"]):
        assert main(["config", "show", "--config", str(tmp_path / "sanctions.toml"), *arguments]) == 0
        out = capsys.readouterr()
        assert "s3cret" not in out.out + out.err
        assert "***" in out.out


@pytest.mark.parametrize("text", [
    FEED + 'authorization = "Bearer s3cret"\n', FEED + 'authorization = {env = "A", file = "s3cret"}\n', FEED + "authorization = {}\n",
    FEED + 'authorization = ["s3cret"]\n', FEED.replace("https://", "https://me:s3cret@"), FEED + 'authorization = "Bearer s3cret\n',
    '[state]\nstore = "postgresql://me:s3cret@db/cases"\n', FEED + "authorization = { env = 's3cret' ]\n",
], ids=range(8))
def test_secrets_in_the_file_are_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    reading = read(tmp_path, text)
    assert reading.config is None
    assert {p.code for p in reading.problems} <= {"secret-in-file", "toml-syntax"}
    assert "s3cret" not in render_all(reading.problems)


@pytest.mark.parametrize(("where", "environ", "code"), [
    ('{env = "NOT_SET"}', {}, "secret-missing"), ('{env = "BLANK"}', {"BLANK": " "}, "secret-missing"),
    ('{file = "gone"}', {}, "secret-missing"), ('{env = "LINES"}', {"LINES": "a\r\nX-Evil: 1"}, "secret-unusable"),
])
def test_secrets_that_are_not_there(tmp_path: Path, where: str, environ: dict[str, str], code: str) -> None:
    reading = read(tmp_path, FEED + f"authorization = {where}\n", environ)
    assert [(p.code, p.line) for p in reading.problems] == [(code, 5)]


def test_a_secret_does_not_travel_unencrypted(tmp_path: Path) -> None:
    text = FEED.replace("https", "http") + 'authorization = {env = "T"}\n'
    assert [p.code for p in read(tmp_path, text, {"T": "x"}).problems] == ["secret-unsafe"]
    assert read(tmp_path, text + "allow_private = true\n", {"T": "x"}).config is not None


@pytest.mark.parametrize(("secret", "why"), [
    ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", ""), ("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", ""), ("A" * 84 + "AA==", ""),
    ("whsec_s3cret!", "the secret is not written in base64"), ("whsec_c2hvcnQ=", "the secret has 5 bytes, not 24 to 64"),
    ("A" * 88, "the secret has 66 bytes, not 24 to 64"), ("sécret", "the secret holds characters that cannot be sent"),
])
def test_secrets_that_sign(tmp_path: Path, secret: str, why: str) -> None:
    (tmp_path / "key").write_text(secret)
    reading = read(tmp_path, HOOK.replace('{env = "HOOK"}', '{file = "key"}'))
    assert (reading.config is not None) is (why == "")
    assert why in "".join(told(tmp_path, reading))
    assert secret not in "".join(told(tmp_path, reading))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_mail_to_this_machine_needs_no_encryption(tmp_path: Path, host: str) -> None:
    assert read(tmp_path, MAIL.replace("mail.x.example", host) + 'tls = "none"\n').config is not None


def test_a_network_of_ones_own_is_ones_own_business(tmp_path: Path) -> None:
    assert read(tmp_path, MAIL + 'tls = "none"\nallow_private = true\n').config is not None
    key = {"HOOK": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}
    assert read(tmp_path, HOOK.replace("https", "http") + "allow_private = true\n", key).config is not None


def test_secrets_of_channels_are_shown_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "password").write_text("hunter2\n")
    (tmp_path / "key").write_text("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    text = MAIL + 'user = "me"\npassword = {file = "password"}\n' + HOOK.replace('{env = "HOOK"}', '{file = "key"}')
    path = str(write(tmp_path, text + 'authorization = {file = "password"}\n'))
    config = load_config(Path(path), {})
    assert config.channels[0].password.get_secret_value() == "hunter2"
    assert main(["config", "show", "--config", path, "--json"]) == 0
    out = capsys.readouterr()
    assert not [secret for secret in ("hunter2", "MfKQ") if secret in out.out + out.err + repr(config)]
    rows = {row["key"]: (row["value"], row["origin"]) for row in json.loads(out.out)["settings"]}
    assert rows["channels.m.password"] == ("***", f"file {tmp_path / 'password'}")
    assert rows["channels.h.secret"] == ("***", f"file {tmp_path / 'key'}")
    assert rows["channels.m.from"] == ("Night <night@x.example>", f"{path}:5")
    assert rows["channels.m.tls"] == ("starttls", "default")
    assert rows["channels.h.timeout"] == (30, "default")
    assert "channels.h.tls" not in rows


# ---- what is there ---------------------------------------------------------------------------------------------------


def test_what_the_settings_name_and_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text("columns: {Ware: gods}\n")
    (tmp_path / "file").write_text("x")
    text = ('[state]\nout = "file/reports"\n[run]\nrules = ["gone"]\nlists = "none.xml"\n[[sources]]\nname = "a"\nkind = "csv"\n'
            'path = "gone.csv"\nmapping = "m.yaml"\n')
    (tmp_path / "pem").write_text("no certificate")
    text += MAIL + 'ca = "gone.pem"\n' + MAIL.replace('"m"', '"n"') + 'ca = "pem"\n'
    reading = read(tmp_path, text)
    assert reading.config is not None
    found = [render(p).replace(f"{tmp_path}/", "").split("\n")[0] for p in reachable(reading.config, reading)]
    assert found == [
        "sanctions.toml:2:7: error[unreachable]: file is no folder",
        "sanctions.toml:4:10: error[unreachable]: there is no folder gone",
        "sanctions.toml:5:9: error[unreachable]: there is no file none.xml",
        "sanctions.toml:9:8: error[unreachable]: there is no file or folder gone.csv",
        "m.yaml:1:17: error[unknown-fact]: `gods` is no fact of an event",
        "sanctions.toml:17:6: error[unreachable]: there is no readable file gone.pem",
        "sanctions.toml:24:6: error[wrong-value]: pem holds no certificates",
    ]


def test_the_verbs(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("our-rules", "in"):
        (tmp_path / name).mkdir()
    path = str(write(tmp_path, WHOLE.replace("/srv/reports", "reports")))
    monkeypatch.setenv("POST_TOKEN", "Bearer s3cret")
    assert main(["config", "check", "--config", path]) == 0
    assert "in order, 2 sources, 1 channel" in capsys.readouterr().out
    assert main(["config", "show", "--config", path, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["schema"] == "sanctions-checker/config/1"
    rows = {row["key"]: (row["value"], row["origin"]) for row in shown["settings"]}
    assert rows["run.min_tier"] == ("fair", f"{path}:8")
    assert rows["state.cache"] == (str(tmp_path / "var/cache"), "default")
    assert rows["sources.post.authorization"] == ("***", "environment POST_TOKEN")
    assert rows["sources.post.expected"] == ([5, 60], f"{path}:14")
    (tmp_path / "in").rmdir()
    assert main(["config", "check", "--config", path]) == 1
    assert "sanctions.toml:20:8: error[unreachable]" in capsys.readouterr().err
    assert main(["config", "check", "--config", path, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "unreachable"
    write(tmp_path, "[run]\nprocesses = 0\n")
    assert main(["config", "show", "--config", path]) == 2
    assert "error[wrong-value]" in capsys.readouterr().err


# ---- places ----------------------------------------------------------------------------------------------------------

ODD = '''\
top = 1 # = 2
"quoted key" . 'and.dots' = "a \\" # no comment"
[a.b]  # [not.this]
list = [ 1, [2, 3], # [
  "]", {x = "}", y = [4]} ,
]
text = """one
"" two \\
three"""
raw = \'\'\'it''s\'\'\'
date = 2024-05-15 10:00:00Z
ключ_ = 0 # a key that only quotes allow is an error
'''.replace("ключ_", '"ключ"')
ODD += "[[t]]\nk = 1\n[t.sub]\nk = 2\n[[t.many]]\nk = 3\n[[t.many]]\nk = 4\n[[t]]\nsub.k = 5\n[t.many]\nk = 6\n"


def leaves(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in leaves(inner, (*at, key))]
    if isinstance(value, list):
        return [leaf for number, inner in enumerate(value) for leaf in leaves(inner, (*at, number))]
    return [(at, value)]


@pytest.mark.parametrize("text", [ODD, WHOLE, ODD.replace("\n", "\n\n"), "", "# only\n"])
def test_every_value_is_found_where_it_stands(text: str) -> None:
    found, lines = places(text), text.split("\n")
    for at, value in leaves(tomllib.loads(text)):
        key, span = found[at]
        rest = "\n".join(lines[span.line - 1:])[span.column - 1:]
        written = rest[:span.width] if "\n" not in str(value) and "three" not in str(value) else rest[:rest.index('"""', 3) + 3]
        assert tomllib.loads(f"x = {written}")["x"] == value, at
        if isinstance(at[-1], str):
            assert at[-1].split(".")[-1] in lines[key.line - 1]
