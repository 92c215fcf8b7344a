"""`login` and `logout`, as a user calls them."""

import re
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import keyring.errors
import pytest

from agent import config as configuration
from agent.adapters import secrets
from agent.adapters.oauth.tokens import record
from agent.cli import login, looking, setup
from agent.errors import (
    FollowthroughError,
    KeyringLocked,
    SecretMissing,
    ServerUnavailable,
    SignInRefused,
    UsageError,
)
from tests.adapters.test_oauth_flows import visit
from tests.adapters.test_secrets import Drawer, TestPlaintext
from tests.cli.conftest import IDENTITY, Run
from tests.servers.dovecot import Dovecot
from tests.servers.oauth import CLIENT_ID, CLIENT_SECRET, OAuthServer
from tests.servers.signing import bearing, granting, oauth

__all__ = ["bearing", "granting", "oauth"]

Write = Callable[..., Path]


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> Drawer:
    """The user's keyring."""
    drawer = Drawer()
    monkeypatch.setattr(secrets, "usable_backends", lambda: [drawer])
    return drawer


@pytest.fixture(autouse=True)
def browser(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The user's browser: follows redirects, and remembers what it was shown."""
    shown: list[str] = []

    def opened(address: str) -> bool:
        shown.append(address)
        threading.Thread(target=visit, args=(address,), daemon=True).start()
        return True

    monkeypatch.setattr(webbrowser, "open", opened)
    monkeypatch.setenv("DISPLAY", ":0")
    return shown


def write(tmp_path: Path, server: OAuthServer, mail: str, **more: object) -> Path:
    """A configuration with the account "home", which signs in at a local OAuth server."""
    file = tmp_path / "config.toml"
    table = {
        "provider": "other",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "scopes": ["mail", "offline_access"],
        "authorize_url": server.url("authorize"),
        "token_url": server.url("token"),
        **more,
    }
    lines = "".join(f"{key} = {value!r}\n".replace("'", '"') for key, value in table.items())
    file.write_text(f"{IDENTITY}[accounts.home]\n{mail}[accounts.home.oauth]\n{lines}")
    return file


#: A mail server that is not there.
AWAY = 'host = "127.0.0.1"\nport = 9\nusername = "ada"\n'


class TestOnARealServer:
    @pytest.fixture
    def file(self, tmp_path: Path, bearing: Dovecot, granting: OAuthServer) -> Path:
        """An account of a Dovecot that takes tokens alone."""
        granting.user, _ = bearing.new_user()
        granting.consent = True
        return write(
            tmp_path,
            granting,
            f'host = "127.0.0.1"\nport = {bearing.tls_port}\nusername = "{granting.user}"\n'
            f'fingerprint = "{bearing.certificate.fingerprint}"\n',
        )

    def test_from_login_to_logout(
        self,
        file: Path,
        drawer: Drawer,
        granting: OAuthServer,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """Consent in the browser; kept, tried out, shown by check and status; and forgotten."""
        login.login("home", config=file)
        told = capsys.readouterr().out
        assert f"Signed in to 127.0.0.1 as {granting.user}." in told
        assert drawer.kept["home:oauth"] in granting.refresh_tokens
        assert setup.check(config=file) == 0
        shown = " ".join(capsys.readouterr().out.split())
        assert f"signs in by 127.0.0.1:{granting.port}, in the browser; token last renewed" in shown
        looking.status(config=file)
        assert "token last renewed" in " ".join(capsys.readouterr().out.split())
        login.logout("home", config=file)
        assert "home is signed out." in capsys.readouterr().out
        assert drawer.kept == {}
        assert record(configuration.state_folder(), "home").renewed is None

    def test_check_before_and_after_it_lapses(
        self,
        file: Path,
        drawer: Drawer,
        granting: OAuthServer,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """Each time the very command is named, with the exit code of a refused sign-in."""
        assert setup.check(config=file) == 77
        assert "not yet: followthrough login home" in " ".join(capsys.readouterr().out.split())
        login.login("home", config=file)
        granting.end_sign_ins()
        capsys.readouterr()
        assert setup.check(config=file) == 77
        shown = " ".join(capsys.readouterr().out.split())
        assert "Sign in again: followthrough login home" in shown
        assert "no longer: followthrough login home" in shown

    def test_by_a_code(
        self,
        tmp_path: Path,
        file: Path,
        drawer: Drawer,
        granting: OAuthServer,
        capsys: pytest.CaptureFixture[str],
        browser: list[str],
    ) -> None:
        """The device flow tells page and code, and opens no browser here."""
        granting.interval = 0.01
        with file.open("a") as more:
            more.write(f'device_url = "{granting.url("device")}"\nflow = "device"\n')
        login.login("home", config=file)
        told = capsys.readouterr().out
        assert "WDJB-MJHT" in told
        assert granting.url("device") in told
        assert browser == []
        assert "home:oauth" in drawer.kept

    def test_signed_in_as_somebody_else(
        self, file: Path, drawer: Drawer, granting: OAuthServer
    ) -> None:
        """The mailbox is tried at once, so that a wrong account in the browser shows now."""
        granting.user = "user998"
        with pytest.raises(SignInRefused, match="who signed in: followthrough login home"):
            login.login("home", config=file)


class TestWhatIsWrong:
    def test_an_unknown_account(self, tmp_path: Path, oauth: OAuthServer) -> None:
        """The nearest name is told."""
        file = write(tmp_path, oauth, AWAY)
        for command in (login.login, login.logout):
            with pytest.raises(UsageError, match=r"no account hom; did you mean `home`\?"):
                command("hom", config=file)

    def test_an_account_with_a_password(self, tmp_path: Path) -> None:
        """What keeps a password, and what to add for the other way."""
        file = tmp_path / "config.toml"
        file.write_text(f'{IDENTITY}[accounts.home]\nhost = "i.example"\nusername = "ada"\n')
        with pytest.raises(UsageError, match=r"followthrough password home.*accounts\.home\.oauth"):
            login.login("home", config=file)

    def test_a_password_for_an_account_without_one(
        self, tmp_path: Path, oauth: OAuthServer
    ) -> None:
        """And the other way round."""
        with pytest.raises(UsageError, match="followthrough login home"):
            setup.password("home", config=write(tmp_path, oauth, AWAY))

    def test_no_client_id(self, run: Run, tmp_path: Path, oauth: OAuthServer) -> None:
        """A line that says what is missing, where to get it, and the code of a configuration."""
        file = write(tmp_path, oauth, AWAY)
        file.write_text(re.sub(r"client_id = .*\n", "", file.read_text()))
        done = run("login", "home", "--config", file)
        assert done.returncode == 78
        assert "accounts.home.oauth.client_id: missing" in done.stderr
        assert "docs/sign-in.md" in done.stderr

    def test_no_network(self, tmp_path: Path, oauth: OAuthServer, drawer: Drawer) -> None:
        """Nothing is kept, and the network is named."""
        file = write(tmp_path, oauth, AWAY, token_url="http://127.0.0.1:9/token")
        with pytest.raises(ServerUnavailable, match="whether the network is up"):
            login.login("home", config=file)
        assert drawer.kept == {}

    def test_the_mail_server_is_away(
        self,
        tmp_path: Path,
        oauth: OAuthServer,
        drawer: Drawer,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """The consent is kept all the same, and that it was not tried out is said."""
        with pytest.raises(ServerUnavailable, match=r"127\.0\.0\.1:9"):
            login.login("home", config=write(tmp_path, oauth, AWAY))
        assert "home:oauth" in drawer.kept
        assert "could not be tried out" in capsys.readouterr().err

    def test_a_locked_keyring(
        self,
        tmp_path: Path,
        oauth: OAuthServer,
        monkeypatch: pytest.MonkeyPatch,
        browser: list[str],
    ) -> None:
        """Found out before the user goes to the trouble of consenting."""
        locked = Drawer()

        def refuse(*_: str) -> None:
            raise keyring.errors.KeyringLocked("locked")

        monkeypatch.setattr(locked, "get_password", refuse)
        monkeypatch.setattr(secrets, "usable_backends", lambda: [locked])
        with pytest.raises(KeyringLocked, match="to be unlocked"):
            login.login("home", config=write(tmp_path, oauth, AWAY))
        assert browser == []

    def test_no_keyring(
        self, tmp_path: Path, oauth: OAuthServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A token is kept nowhere else, and a password command is no way around."""
        monkeypatch.setattr(secrets, "usable_backends", list)
        with pytest.raises(SecretMissing, match=r"the sign-in of home in;.*nowhere else") as caught:
            login.login("home", config=write(tmp_path, oauth, AWAY))
        assert "password_command" not in str(caught.value)

    def test_a_plaintext_keyring(
        self,
        tmp_path: Path,
        oauth: OAuthServer,
        monkeypatch: pytest.MonkeyPatch,
        browser: list[str],
    ) -> None:
        """Row 36: a token is not put into a plain file either; told before the browser opens."""
        plain = TestPlaintext.plain()
        monkeypatch.setattr(keyring, "get_keyring", lambda: plain)
        with pytest.raises(SecretMissing, match="anybody who gets at it can read"):
            login.login("home", config=write(tmp_path, oauth, AWAY))
        assert browser == []
        assert oauth.requests == []

    def test_a_no_in_the_browser(self, tmp_path: Path, oauth: OAuthServer, drawer: Drawer) -> None:
        """Nothing is kept."""
        oauth.consent = False
        with pytest.raises(SignInRefused, match="nothing was kept"):
            login.login("home", config=write(tmp_path, oauth, AWAY))
        assert drawer.kept == {}

    @pytest.mark.parametrize("no_browser", [True, False])
    def test_no_browser(
        self,
        tmp_path: Path,
        oauth: OAuthServer,
        drawer: Drawer,
        browser: list[str],
        monkeypatch: pytest.MonkeyPatch,
        no_browser: bool,
    ) -> None:
        """Told so, or without a desktop, it prints the address for the user to open."""
        if not no_browser:
            for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
                monkeypatch.delenv(name, raising=False)
        answered: list[str] = []

        def by_hand(text: str = "", **_: object) -> None:
            if found := re.search(r"http://\S+authorize\S+", text):
                answered.append(found[0])
                threading.Thread(target=visit, args=(found[0],), daemon=True).start()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(login.typer, "echo", by_hand)
            with pytest.raises(FollowthroughError, match=r"127\.0\.0\.1:9"):
                login.login("home", no_browser=no_browser, config=write(tmp_path, oauth, AWAY))
        assert answered
        assert browser == []
        assert "home:oauth" in drawer.kept

    def test_signing_out_twice(
        self,
        tmp_path: Path,
        oauth: OAuthServer,
        drawer: Drawer,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """Is no mistake."""
        login.logout("home", config=write(tmp_path, oauth, AWAY))
        assert "home was not signed in." in capsys.readouterr().out
