"""`config`, `password` and `check`, as a user calls them."""

import stat
from pathlib import Path

import pytest

from agent import config, resources
from agent.adapters import secrets
from agent.cli import setup
from agent.errors import ConfigError, InputError, SecretMissing, UsageError
from tests.adapters.test_secrets import Drawer
from tests.cli.conftest import IDENTITY, Run
from tests.servers.dovecot import Dovecot


class TestConfig:
    def test_init(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The example is put in its place, for the user's eyes alone."""
        setup.init()
        file = config.default_config_file()
        assert file.read_bytes() == resources.example_config().read_bytes()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert str(file) in capsys.readouterr().out

    def test_init_never_overwrites(self) -> None:
        """A configuration that is there is left as it is."""
        setup.init()
        config.default_config_file().write_text(IDENTITY)
        with pytest.raises(InputError, match="there already"):
            setup.init()
        assert config.default_config_file().read_text() == IDENTITY

    def test_path_and_example(self, run: Run) -> None:
        """The place and the explained keys can be asked for."""
        assert run("config", "path").stdout.strip().endswith("followthrough/config.toml")
        assert run("config", "example").stdout == resources.example_config().read_text("utf-8")


class TestPassword:
    @pytest.fixture
    def drawer(self, monkeypatch: pytest.MonkeyPatch) -> Drawer:
        """The user's keyring."""
        drawer = Drawer()
        monkeypatch.setattr(secrets, "usable_backends", lambda: [drawer])
        return drawer

    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        """A configuration with one account."""
        file = tmp_path / "config.toml"
        file.write_text(IDENTITY + '[accounts.home]\nhost = "i.example"\nusername = "ada"\n')
        return file

    @staticmethod
    def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("getpass.getpass", lambda _prompt: text)

    def test_is_kept(self, drawer: Drawer, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is typed is kept under the account's name."""
        self.typed(monkeypatch, "s3cret")
        setup.password("home", config=file)
        assert drawer.kept == {"home": "s3cret"}

    def test_is_removed(self, drawer: Drawer, file: Path) -> None:
        """What was kept can be removed."""
        drawer.kept["home"] = "s3cret"
        setup.password("home", remove=True, config=file)
        assert drawer.kept == {}

    def test_of_nobody(self, drawer: Drawer, file: Path) -> None:
        """A name that the configuration does not know is told with the nearest."""
        with pytest.raises(UsageError, match="did you mean `home`"):
            setup.password("hom", config=file)

    def test_empty(self, drawer: Drawer, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing typed is nothing kept."""
        self.typed(monkeypatch, "")
        with pytest.raises(UsageError, match="nothing was kept"):
            setup.password("home", config=file)
        assert drawer.kept == {}

    def test_without_a_keyring(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where there is no keyring, the way around is named."""
        self.typed(monkeypatch, "s3cret")
        monkeypatch.setattr(secrets, "usable_backends", list)
        with pytest.raises(SecretMissing, match="password_command"):
            setup.password("home", config=file)

    def test_from_a_pipe(self, run: Run, file: Path) -> None:
        """A script hands the password over by a pipe; without a keyring it ends with 77."""
        null = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
        done = run("password", "home", "--config", file, input="s3cret\n", **null)
        assert done.returncode == 77
        assert "s3cret" not in done.stdout + done.stderr


class TestCheck:
    @staticmethod
    def account(server: Dovecot, name: str, secret: str, tmp_path: Path) -> Path:
        file = tmp_path / "config.toml"
        file.write_text(
            f'{IDENTITY}[accounts.home]\nhost = "{server.host}"\nport = {server.tls_port}\n'
            f'username = "{name}"\npassword_command = "echo {secret}"\n'
            f'fingerprint = "{server.certificate.fingerprint}"\n'
        )
        return file

    def test_a_real_server(self, run: Run, dovecot: Dovecot, tmp_path: Path) -> None:
        """All is well on a real Dovecot: each line says what was found, and how."""
        name, secret = dovecot.new_user()
        done = run("check", "--config", self.account(dovecot, name, secret, tmp_path))
        assert done.returncode == 0, done.stdout + done.stderr
        assert f"signed in to 127.0.0.1 as {name}" in done.stdout
        assert "drafts: Drafts, told by the server" in done.stdout
        assert "IDLE: new mail is seen at once" in done.stdout

    def test_a_wrong_password(self, run: Run, dovecot: Dovecot, tmp_path: Path) -> None:
        """A wrong password is a line of what to do, and the exit code 77."""
        name, _ = dovecot.new_user()
        done = run("check", "--config", self.account(dovecot, name, "wrong", tmp_path))
        assert done.returncode == 77
        assert "fix  home" in done.stdout
        assert "Traceback" not in done.stderr

    def test_a_broken_configuration(self, run: Run, tmp_path: Path) -> None:
        """Every problem of the configuration is a line, and the exit code 78."""
        file = tmp_path / "config.toml"
        file.write_text("[identity]\nnmae = 1\n[accounts.home]\nport = 0\n")
        done = run("check", "--config", file)
        assert done.returncode == 78
        assert done.stdout.count("fix  config") == 1 + 6

    def test_needs_an_account(self, identity: Path) -> None:
        """Without a mailbox there is nothing to try, and that is said as a problem."""
        with pytest.raises(ConfigError):
            setup.configured(identity, accounts=True)
        assert setup.check(identity) == 78
