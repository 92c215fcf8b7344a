"""From a file and the environment to a frozen configuration, or every problem at once."""

from collections.abc import Callable
from datetime import time, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from agent import config
from agent.errors import ConfigError

Write = Callable[[str | bytes], Path]

IDENTITY = """
[identity]
name = "Ada Example"
addresses = ["Ada@Mail.example", "ada@work.example"]
timezone = "Europe/Berlin"
country = "de"
"""
ACCOUNT = '[accounts.home]\nhost = "imap.mail.example"\nusername = "ada"\n'


def problems(file: Path) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        config.load(file)
    assert caught.value.exit_code == 78
    return caught.value.problems


def the_problem(file: Path) -> str:
    (only,) = problems(file)
    return only


class TestWhatIsRead:
    def test_identity_alone_is_enough(self, write: Write) -> None:
        """A file with [identity] alone loads, addresses and country in their usual case."""
        loaded = config.load(write(IDENTITY))
        assert loaded.identity.addresses == ("ada@mail.example", "ada@work.example")
        assert loaded.identity.country == "DE"
        assert loaded.accounts == {}

    def test_defaults(self, write: Write) -> None:
        """What is left out has the value that the example names."""
        loaded = config.load(write(IDENTITY + ACCOUNT))
        home = loaded.accounts["home"]
        assert (home.port, home.security, home.folders) == (993, "tls", ("INBOX",))
        assert loaded.playbook.default == "balanced"
        assert (loaded.schedule.quiet_from, loaded.schedule.quiet_until) == (time(22), time(7))
        assert loaded.drafting.floor == 0.8
        assert loaded.scan.days == 90

    def test_port_follows_security(self, write: Write) -> None:
        """STARTTLS means port 143 where none is named, wherever the key stands."""
        loaded = config.load(write(IDENTITY + ACCOUNT + 'security = "starttls"\n'))
        assert loaded.accounts["home"].port == 143

    def test_country_follows_zone(self, write: Write) -> None:
        """A country left out is that of the time zone."""
        text = '[identity]\nname = "A"\naddresses = ["a@b.example"]\ntimezone = "Asia/Tokyo"\n'
        assert config.load(write(text)).identity.country == "JP"

    @pytest.mark.parametrize(
        "raw",
        [
            "\ufeff" + IDENTITY.replace("Ada Example", "Zoë Müller"),
            IDENTITY.replace("Ada Example", "Zoë Müller").replace("\n", "\r\n"),
        ],
        ids=["byte order mark", "Windows line ends"],
    )
    def test_any_editor_will_do(self, write: Write, raw: str) -> None:
        """Accents, a byte order mark and Windows line ends are read as meant."""
        assert config.load(write(raw)).identity.name == "Zoë Müller"

    def test_models_are_frozen(self, write: Write) -> None:
        """Nobody can change a loaded configuration."""
        loaded = config.load(write(IDENTITY))
        with pytest.raises(ValidationError):
            loaded.identity.name = "Eve"  # type: ignore[misc]

    def test_identity_for_reading_joins_every_address(self, write: Write) -> None:
        """The reader knows the addresses of the accounts as the user's too."""
        text = IDENTITY + ACCOUNT + 'addresses = ["jobs@ada.example"]\n'
        identity = config.load(write(text)).identity_for_reading()
        assert identity.owns("ada+acme@mail.example")
        assert identity.owns("jobs@ada.example")
        assert identity.timezone == "Europe/Berlin"

    def test_an_account_believes_its_own_servers_alone(self, write: Write) -> None:
        """Authentication-Results of one account's server mean nothing in another account."""
        other = '[accounts.work]\nhost = "i.example"\nusername = "a"\nauthserv_ids = ["mx.work"]\n'
        text = IDENTITY + ACCOUNT + 'authserv_ids = ["MX.mail.example"]\n' + other
        loaded = config.load(write(text))
        assert loaded.identity_for_reading("home").authserv_ids == ("mx.mail.example",)
        assert set(loaded.identity_for_reading().authserv_ids) == {"mx.mail.example", "mx.work"}

    def test_an_account_may_serve_reading_alone(self, write: Write) -> None:
        """For explain and replay, an account need only say whom to believe."""
        text = IDENTITY + '[accounts.old]\nauthserv_ids = ["mx.old.example"]\n'
        loaded = config.load(write(text))
        assert loaded.identity_for_reading().authserv_ids == ("mx.old.example",)
        assert loaded.accounts == {}

    def test_work_calendar(self, write: Write) -> None:
        """The schedule becomes the calendar that due times are reckoned by."""
        text = IDENTITY + '[schedule]\nworking_days = ["sun", "mon"]\nholidays = false\n'
        calendar = config.load(write(text)).work_calendar()
        assert calendar.working_days == {0, 6}
        assert (calendar.zone, calendar.country) == ("Europe/Berlin", "")

    def test_own_playbooks_are_kept_as_written(self, write: Write) -> None:
        """A playbook of the user's own may be the default."""
        text = IDENTITY + (
            '[playbook]\ndefault = "mine"\n[playbooks.mine]\nextends = "balanced"\ntitle = "My way"\n'
        )
        assert config.load(write(text)).playbooks == {
            "mine": {"extends": "balanced", "title": "My way"}
        }


class TestEnvironment:
    def test_over_the_file(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        """A variable beats the file, in any case of an account's name."""
        monkeypatch.setenv("FOLLOWTHROUGH_ACCOUNTS__HOME__PORT", "1993")
        text = IDENTITY + ACCOUNT.replace("accounts.home", "accounts.Home")
        assert config.load(write(text)).accounts["Home"].port == 1993

    def test_lists_by_commas(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        """A list is written with commas, or as JSON."""
        monkeypatch.setenv("FOLLOWTHROUGH_IDENTITY__ADDRESSES", "a@b.example, c@d.example")
        monkeypatch.setenv("FOLLOWTHROUGH_SCHEDULE__WORKING_DAYS", '["mon"]')
        loaded = config.load(write(IDENTITY))
        assert loaded.identity.addresses == ("a@b.example", "c@d.example")
        assert loaded.schedule.working_days == ("mon",)

    def test_without_a_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The environment alone is enough, as in a container."""
        monkeypatch.setenv("FOLLOWTHROUGH_CONFIG", str(tmp_path / "none.toml"))
        monkeypatch.setenv("FOLLOWTHROUGH_IDENTITY__NAME", "Ada")
        monkeypatch.setenv("FOLLOWTHROUGH_IDENTITY__ADDRESSES", "a@b.example")
        assert config.load().identity.name == "Ada"

    def test_a_wrong_value_names_its_variable(
        self, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A problem that came from outside says from which variable."""
        monkeypatch.setenv("FOLLOWTHROUGH_SCAN__DAYS", "ninety")
        assert "scan.days (from FOLLOWTHROUGH_SCAN__DAYS)" in the_problem(write(IDENTITY))

    def test_an_unknown_variable_is_told(
        self, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A misspelt variable is a problem, not silence."""
        monkeypatch.setenv("FOLLOWTHROUGH_IDENTITY__TIMEZON", "UTC")
        assert "did you mean `timezone`?" in the_problem(write(IDENTITY))

    def test_variables_without_a_path_are_no_settings(
        self, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """FOLLOWTHROUGH_CONFIG and the like are not read as keys."""
        monkeypatch.setenv("FOLLOWTHROUGH_CONFIG", "elsewhere.toml")
        assert config.load(write(IDENTITY)).identity.name == "Ada Example"

    @pytest.mark.parametrize(
        ("name", "value", "found"),
        [
            ("FOLLOWTHROUGH_CONFIG", "elsewhere.toml", True),
            ("FOLLOWTHROUGH_IDENTITY__NAME", "Ada", True),
            ("FOLLOWTHROUGH_DEBUG", "1", False),
        ],
    )
    def test_anything_configured(
        self, name: str, value: str, found: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A file that is named counts even where it is missing, so that the mistake is told."""
        monkeypatch.setenv(name, value)
        assert config.anything_configured() is found


class TestProblems:
    def test_all_at_once(self, write: Write) -> None:
        """Unknown keys, wrong types and missing values are told together, each by its path."""
        told = problems(
            write('nam = 1\n[identity]\naddresses = "a@b.example"\n[accounts.home]\nport = "x"\n')
        )
        paths = {line.partition(":")[0] for line in told}
        assert paths == {
            "nam",
            "identity.name",
            "identity.addresses",
            "accounts.home.host",
            "accounts.home.username",
            "accounts.home.port",
        }

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ('hots = "x"', "accounts.home.hots: unknown key; did you mean `host`?"),
            ('quiet_from = "22:00"', "it belongs in [schedule]"),
            ('security = "ssl"', '"ssl" is not one of "tls", "starttls", "none"'),
            ('security = "none"', "in the clear to imap.mail.example"),
            ("port = 99999", "less than or equal to 65535"),
            ("port = true", "true (true or false) does not fit; write a whole number"),
            ("folders = []", "this list is empty"),
            ("folders = [1]", "accounts.home.folders[1]: 1 (a whole number) does not fit"),
            ('fingerprint = "ab:cd"', "64 hexadecimal digits"),
            ('addresses = ["ada"]', 'accounts.home.addresses[1]: "ada" is not an email address'),
            ('drafts = ""', "accounts.home.drafts: this is empty"),
            ('oauth = "google"', "accounts.home.oauth: "),
        ],
    )
    def test_in_an_account(self, write: Write, line: str, told: str) -> None:
        """Each wrong line in an account is one problem that says what is allowed."""
        assert told in the_problem(write(IDENTITY + ACCOUNT + line + "\n"))

    @pytest.mark.parametrize(
        ("lines", "told"),
        [
            ('provider = "gmail"', '"gmail" is not one of "google", "microsoft", "other"'),
            ('provider = "google"\nflow = "device"', "oauth.flow: Google gives no access to mail"),
            ('provider = "google"\ntenant = "x"', "oauth.tenant: only Microsoft has tenants"),
            ('provider = "google"\nredirect_port = 70000', "oauth.redirect_port: 70000"),
            ('provider = "google"\nscopes = ["a b"]', "is more than one scope"),
            ('provider = "google"\ntoken_url = "http://a.example/t"', "a secret may be sent to"),
            ('provider = "google"\ntoken_url = "token"', "a secret may be sent to"),
            ('provider = "google"\ntoken_url = "https://[x"', "a secret may be sent to"),
            ('provider = "google"\ntoken_url = "https://a:b"', "a secret may be sent to"),
            ('provider = "google"\nclient_secret = 77123', "write text in quotes"),
            ('provider = "google"\nclientid = "x"', "did you mean `client_id`?"),
        ],
    )
    def test_in_how_an_account_signs_in(self, write: Write, lines: str, told: str) -> None:
        """Each wrong line of an oauth table is one problem; secrets are not repeated."""
        text = f'{IDENTITY}{ACCOUNT}[accounts.home.oauth]\nclient_id = "id"\n{lines}\n'
        problem = the_problem(write(text))
        assert told in problem
        assert "77123" not in problem

    def test_another_provider_is_known_by_its_addresses(self, write: Write) -> None:
        """All that is missing is told at once."""
        table = '[accounts.home.oauth]\nprovider = "other"\nclient_id = "id"\n'
        told = problems(write(IDENTITY + ACCOUNT + table))
        paths = {line.partition(":")[0] for line in told}
        assert paths == {
            f"accounts.home.oauth.{key}" for key in ("token_url", "scopes", "authorize_url")
        }

    def test_a_password_and_a_sign_in_contradict_each_other(self, write: Write) -> None:
        """An account has one or the other."""
        table = '[accounts.home.oauth]\nprovider = "google"\nclient_id = "id"\n'
        text = f'{IDENTITY}{ACCOUNT}password_command = "pass x"\n{table}'
        assert "not with a password; remove one" in the_problem(write(text))

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ('"Europe/Berlin"', '"Berlin"', "did you mean `Europe/Berlin`?"),
            ('"Europe/Berlin"', '"Europe/Berln"', "did you mean `Europe/Berlin`?"),
            ('"Europe/Berlin"', '"../../etc/passwd"', "is not a time zone"),
            ('"de"', '"Germany"', "did you mean `DE`?"),
            ('"de"', '"uk"', "did you mean `GB`?"),
            ('"de"', '"qq"', "is not a country"),
            ('"Ada@Mail.example"', '"Ada <ada@mail.example>"', "write it bare"),
        ],
    )
    def test_in_identity(self, write: Write, old: str, new: str, told: str) -> None:
        """Zones, countries and addresses that do not exist are named with the nearest right one."""
        assert told in the_problem(write(IDENTITY.replace(old, new)))

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ('[schedule]\nquiet_from = "25:00"', 'schedule.quiet_from: "25:00" is not a time'),
            ("[schedule]\nquiet_from = 22", "22 is not a time of day"),
            ('[schedule]\nworking_days = ["monday"]', "did you mean `mon`?"),
            ('[playbook]\ndefault = "balancd"', "did you mean `balanced`?"),
            ("[drafting]\nfloor = 80", "less than or equal to 1"),
            ('[smtp]\nhost = "s.example"\nto = "boss@corp.example"', "none of your own addresses"),
            ("accounts = 3", "accounts: 3 (a whole number) does not fit; write a table"),
            ('[accounts]\nhost = "x"', "a table under a name of yours, such as [accounts.home]"),
            ('[accounts."a/b"]\nhost = "x"\nusername = "y"', "letters, digits, - and _"),
        ],
    )
    def test_elsewhere(self, write: Write, text: str, told: str) -> None:
        """Wrong values in the other tables, and values that contradict each other."""
        above = text.startswith("accounts =")
        assert told in the_problem(write(text + IDENTITY if above else IDENTITY + text))

    def test_orders_to_the_library(self, write: Write) -> None:
        """A key that the settings library would take as an order to itself is just unknown."""
        told = problems(write('_env_file = "x"\n_cli_parse_args = true\n' + IDENTITY))
        assert [line.partition(":")[0] for line in told] == ["_env_file", "_cli_parse_args"]

    @pytest.mark.parametrize("key", ["password", "Passwd", "secret", "app_password"])
    def test_a_secret_is_refused_and_not_shown(self, write: Write, key: str) -> None:
        """A password in the file is refused with where it belongs, and never repeated."""
        told = the_problem(write(IDENTITY + ACCOUNT + f'{key} = "hunter2"\n'))
        assert "followthrough password home" in told
        assert "hunter2" not in told

    def test_a_misplaced_secret_is_not_shown(self, write: Write) -> None:
        """A password right under [accounts] is not repeated either."""
        assert "hunter2" not in the_problem(write(IDENTITY + '[accounts]\npassword = "hunter2"\n'))

    def test_syntax(self, write: Write) -> None:
        """What is no TOML is told with line and column."""
        told = the_problem(write('[identity]\nname = "Ada\n'))
        assert told.startswith("line 2, column ")

    def test_an_unfinished_file(self, write: Write) -> None:
        """A file that ends in the middle of something is told without a position of no use."""
        assert the_problem(write("[identity]\naddresses = [")).startswith(("line 2", "the last"))

    def test_another_encoding(self, write: Write) -> None:
        """A file in Latin-1 is told by the line that shows it."""
        told = the_problem(write(IDENTITY.replace("Ada E", "Zoë E").encode("latin-1")))
        assert told.startswith("line 3: this is not UTF-8")

    def test_a_missing_file(self, tmp_path: Path) -> None:
        """A missing file says where it was sought and how to start."""
        with pytest.raises(ConfigError, match="config init") as caught:
            config.load(tmp_path / "none.toml")
        assert str(tmp_path / "none.toml") in str(caught.value)

    def test_a_folder(self, tmp_path: Path) -> None:
        """A folder in place of a file is named as such."""
        assert "this is a folder" in the_problem(tmp_path)

    def test_an_unreadable_file(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that may not be read says so."""
        file = write(IDENTITY)

        def refused(_: Path) -> bytes:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_bytes", refused)
        assert "it cannot be read: permission denied" in the_problem(file)

    def test_watching_needs_an_account(self, write: Write) -> None:
        """`run`, `scan` and `check` ask for an account; the others do not."""
        with pytest.raises(ConfigError, match=r"\[accounts\.home\]"):
            config.require_accounts(config.load(write(IDENTITY)))


def test_memos_come_in_the_language_of_the_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless the user names one; what stands before the underscore counts."""
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "fr_CH.UTF-8")
    file = tmp_path / "config.toml"
    file.write_text('[identity]\nname = "A"\naddresses = ["a@mail.example"]\n')
    assert config.load(file).memo_rules().language == "fr"
    file.write_text(file.read_text() + '[memos]\nlanguage = "es"\ndebrief_after = "30m"\n')
    rules = config.load(file).memo_rules()
    assert (rules.language, rules.debrief_after.length) == ("es", timedelta(minutes=30))


def test_a_length_of_time_that_is_none_is_named(tmp_path: Path) -> None:
    """With what can be written."""
    file = tmp_path / "config.toml"
    file.write_text(
        '[identity]\nname = "A"\naddresses = ["a@mail.example"]\n'
        '[memos]\ndebrief_after = "soon"\nprep_at = "late"\nlanguage = "nl"\n'
    )
    with pytest.raises(ConfigError) as raised:
        config.load(file)
    assert len(raised.value.problems) == 3
    assert any("minutes or hours" in problem for problem in raised.value.problems)
