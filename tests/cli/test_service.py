"""`service`, with a systemd that only pretends: what is asked of it, and what the user is told."""

import stat
from pathlib import Path

import pytest

from agent.cli import service
from agent.errors import UsageError
from tests.cli.conftest import IDENTITY, Run

ACCOUNT = '[accounts.home]\nhost = "i.example"\nusername = "ada"\n'

#: A systemctl that writes down what it is asked, and answers as files beside it say.
_PRETENDER = """\
#!/bin/sh
here=$(dirname "$0")
echo "$(basename "$0") $*" >>"$here/asked"
case "$*" in
*--property=Version*) cat "$here/version" 2>/dev/null || exit 1 ;;
*show*Linger*) cat "$here/linger" ;;
*show*) cat "$here/shown" ;;
*PrivateUsers*) [ -e "$here/namespaces" ] ;;
*restart*) [ ! -e "$here/fails" ] ;;
esac
"""
_RUNNING = """\
LoadState=loaded
ActiveState=active
SubState=running
UnitFileState=enabled
StatusText=watching 1 account
Result=success
ExecMainStatus=0
MainPID=4711
NRestarts=0
ActiveEnterTimestamp=Mon 2026-03-02 09:00:00 UTC
"""


class Pretended:
    """A folder of programs that pretend to be systemd's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        for name in ("systemctl", "loginctl", "systemd-run", "journalctl"):
            (folder / name).write_text(_PRETENDER)
            (folder / name).chmod(0o755)
        self.answer("version", "252\n")
        self.answer("shown", _RUNNING)
        self.answer("linger", "no\n")
        self.answer("namespaces", "")

    def answer(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def no(self, name: str) -> None:
        (self.folder / name).unlink()

    @property
    def asked(self) -> list[str]:
        file = self.folder / "asked"
        return file.read_text().splitlines() if file.exists() else []

    @property
    def path(self) -> str:
        return f"{self.folder}:/usr/bin:/bin"


@pytest.fixture
def systemd(tmp_path: Path) -> Pretended:
    return Pretended(tmp_path / "pretended")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(IDENTITY + ACCOUNT)
    return file


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    return tmp_path / "xdg" / "config" / "systemd" / "user" / "followthrough.service"


class TestInstall:
    @pytest.fixture(autouse=True)
    def _installed(self, monkeypatch: pytest.MonkeyPatch, systemd: Pretended) -> None:
        """The program lies where programs lie."""
        monkeypatch.setattr(service, "program", lambda: ["/opt/ft/bin/followthrough"])
        monkeypatch.setenv("PATH", systemd.path)

    def test_from_nothing_to_running(
        self,
        config: Path,
        unit: Path,
        systemd: Pretended,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """Written, loaded, enabled, started; and it says how it is doing."""
        assert service.install(start=True, linger=False, config=config) == 0
        text = unit.read_text()
        assert f"ExecStart=/opt/ft/bin/followthrough run --config {config}\n" in text
        state = tmp_path / "xdg" / "state"
        assert f"ReadWritePaths=-{state}/followthrough\n" in text
        assert f"Environment=XDG_STATE_HOME={state}\n" in text
        assert stat.S_IMODE((state / "followthrough").stat().st_mode) == 0o700
        changes = [line for line in systemd.asked if "show" not in line]
        assert changes[-3:] == [
            "systemctl --user daemon-reload",
            "systemctl --user enable followthrough.service",
            "systemctl --user restart followthrough.service",
        ]
        told = capsys.readouterr().out
        assert "service: active (running)" in told
        assert "doing:   watching 1 account" in told

    def test_lingering_is_offered_never_forced(
        self, config: Path, systemd: Pretended, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Without a terminal to ask on, it says how, and does nothing."""
        service.install(start=True, linger=False, config=config)
        assert not any("enable-linger" in line for line in systemd.asked)
        assert "`loginctl enable-linger` lets it run always" in capsys.readouterr().out

    @pytest.mark.parametrize(("answer", "done"), [("y\n", True), ("\n", False)])
    def test_lingering_is_asked_for(
        self,
        config: Path,
        systemd: Pretended,
        monkeypatch: pytest.MonkeyPatch,
        answer: str,
        done: bool,
    ) -> None:
        """On a terminal the user is asked; an empty answer is a no."""
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("typer.confirm", lambda *_, **__: answer.startswith("y"))
        service.install(start=True, linger=False, config=config)
        assert any("enable-linger" in line for line in systemd.asked) is done

    def test_lingering_by_option(self, config: Path, systemd: Pretended) -> None:
        """Whoever says so gets it."""
        service.install(start=True, linger=True, config=config)
        assert "loginctl enable-linger" in systemd.asked

    def test_without_starting(self, config: Path, systemd: Pretended) -> None:
        """Put in place only."""
        assert service.install(start=False, linger=False, config=config) == 0
        assert not any("enable" in line or "restart" in line for line in systemd.asked)

    def test_without_user_namespaces(
        self,
        config: Path,
        unit: Path,
        systemd: Pretended,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """A system that forbids them gets a drop-in, and the user is told; later it goes."""
        systemd.no("namespaces")
        service.install(start=True, linger=False, config=config)
        drop_in = unit.with_name(f"{unit.name}.d") / "50-no-user-namespaces.conf"
        assert "PrivateUsers=no" in drop_in.read_text()
        assert "less fenced in" in capsys.readouterr().out
        systemd.answer("namespaces", "")
        service.install(start=True, linger=False, config=config)
        assert not drop_in.exists()

    def test_it_does_not_come_up(
        self, config: Path, systemd: Pretended, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The exit code is the service's, with its meaning."""
        systemd.answer("fails", "")
        failed = {"active": "failed", "running": "failed", "success": "exit-code"}
        shown = _RUNNING.replace("ExecMainStatus=0", "ExecMainStatus=77")
        for old, new in failed.items():
            shown = shown.replace(f"={old}\n", f"={new}\n")
        systemd.answer("shown", shown)
        assert service.install(start=True, linger=False, config=config) == 77
        told = capsys.readouterr().out
        assert "ended:   with exit code 77: a sign-in was refused" in told
        assert "`followthrough service logs` tells why" in told


class TestRefused:
    def test_a_broken_configuration(self, run: Run, tmp_path: Path, systemd: Pretended) -> None:
        """Every problem is told, and nothing is installed."""
        (tmp_path / "config.toml").write_text(IDENTITY + '[accounts.home]\nhots = "x"\n')
        done = run("service", "install", "--config", tmp_path / "config.toml", PATH=systemd.path)
        assert done.returncode == 78
        assert "hots" in done.stderr
        assert not (tmp_path / "xdg" / "config" / "systemd").exists()

    def test_no_user_manager(self, run: Run, config: Path, systemd: Pretended) -> None:
        """After su or sudo there is none; that is said."""
        systemd.no("version")
        done = run("service", "install", "--config", config, PATH=systemd.path)
        assert done.returncode == 69
        assert "after `su` or `sudo`" in done.stderr

    def test_no_systemd(self, run: Run, tmp_path: Path) -> None:
        """Another way to start it is named."""
        done = run("service", "status", PATH=str(tmp_path))
        assert done.returncode == 69
        assert "followthrough run" in done.stderr

    def test_a_checkout_that_is_not_installed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A service could not start it."""
        monkeypatch.setattr("sys.argv", ["/somewhere/agent/__main__.py"])
        monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
        with pytest.raises(UsageError, match="not installed"):
            service.program()


class TestLater:
    def test_status(self, run: Run, systemd: Pretended) -> None:
        """Running: 0. Dead: 3. Not installed: 4."""
        done = run("service", "status", PATH=systemd.path)
        assert (done.returncode, done.stdout.splitlines()[1]) == (0, "doing:   watching 1 account")
        systemd.answer("shown", _RUNNING.replace("=active", "=inactive"))
        assert run("service", "status", PATH=systemd.path).returncode == 3
        systemd.answer("shown", "LoadState=not-found\nActiveState=inactive\n")
        assert run("service", "status", PATH=systemd.path).returncode == 4

    def test_logs(self, run: Run, systemd: Pretended) -> None:
        """journalctl shows them."""
        assert run("service", "logs", "-f", "-n", "7", PATH=systemd.path).returncode == 0
        assert systemd.asked == [
            "journalctl --user --unit followthrough.service --lines 7 --follow"
        ]

    def test_uninstall(
        self,
        config: Path,
        unit: Path,
        systemd: Pretended,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """Stopped and removed; configuration, state and the user's own drop-ins stay."""
        monkeypatch.setattr(service, "program", lambda: ["/opt/ft/bin/followthrough"])
        monkeypatch.setenv("PATH", systemd.path)
        service.install(start=True, linger=False, config=config)
        override = unit.with_name(f"{unit.name}.d") / "override.conf"
        override.parent.mkdir()
        override.write_text("[Service]\nNice=10\n")
        service.uninstall()
        assert "systemctl --user disable --now followthrough.service" in systemd.asked
        assert not unit.exists()
        assert override.exists()
        assert config.exists()
        assert (tmp_path / "xdg" / "state" / "followthrough").exists()
        assert "Left as they are" in capsys.readouterr().out

    def test_uninstall_of_nothing(self, run: Run, systemd: Pretended) -> None:
        """Said, and well."""
        done = run("service", "uninstall", PATH=systemd.path)
        assert done.returncode == 0
        assert "not installed" in done.stdout
