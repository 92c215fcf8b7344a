"""Two mail programs that people use on a terminal, and how each is told what to do.

Both are driven as a user would drive them: the draft is opened in Drafts, and then sent, edited,
deleted or put off. The editor that they call is a script that adds a line where it is told to.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.clients.terminal import Terminal, terminal

ADDED = "PS: greetings to Ann."

_EDITOR = f"""\
#!/bin/sh
if [ -e "$HOME/edit" ]; then echo '{ADDED}' >> "$1"; fi
"""


@dataclass(frozen=True, slots=True)
class Way:
    """How a client reaches its servers: IMAP within TLS, SMTP with STARTTLS; one password."""

    user: str
    password: str
    imap: int
    smtp: int
    ca_file: Path


class MailClient(Protocol):
    """What a test has a user do with the one draft in Drafts."""

    def send(self, *, edit: bool = False) -> None:
        """Open the draft, edit it or not, send it, and leave."""

    def postpone(self, *, edit: bool = False, keep: bool = False) -> None:
        """Open the draft, edit it or not, put it off, and leave; `keep` the old one beside it."""

    def delete(self) -> None:
        """Delete the draft and leave."""


class Neomutt:
    """Keys of neomutt as it comes; the folder is open all the while."""

    def __init__(self, terminal: Terminal, home: Path) -> None:
        self._terminal, self._home = terminal, home
        terminal.until("Post:1")

    def send(self, *, edit: bool = False) -> None:
        self._open(edit)
        self._terminal.press("y", "Mail sent")
        self._leave()

    def postpone(self, *, edit: bool = False, keep: bool = False) -> None:
        self._open(edit)
        self._terminal.press("q", "([yes]/no)")
        self._terminal.press("y", "Del:1")
        self._leave("n" if keep else "y")

    def delete(self) -> None:
        self._terminal.press("d", "Del:1")
        self._leave()

    def _open(self, edit: bool) -> None:
        _edits(self._home, edit)
        self._terminal.press("R", "y:Send", "Attachments")

    def _leave(self, purge: str = "y") -> None:
        self._terminal.press("q", "Purge 1 deleted message?")
        self._terminal.keys(purge)
        self._terminal.ended()


class Aerc:
    """Keys of aerc as it comes. Where a draft is put off it asks whether to delete the old one."""

    def __init__(self, terminal: Terminal, home: Path) -> None:
        self._terminal, self._home = terminal, home
        terminal.until("Me Myself")

    def send(self, *, edit: bool = False) -> None:
        self._open(edit)
        self._terminal.press("y", "Recalled message deleted")
        self._leave()

    def postpone(self, *, edit: bool = False, keep: bool = False) -> None:
        self._open(edit)
        self._terminal.press("p", "Delete recalled message?")
        if keep:
            self._terminal.press("Enter", "Message postponed")
        else:
            self._terminal.keys("Right")
            self._terminal.press("Enter", "Recalled message deleted")
        self._leave()

    def delete(self) -> None:
        self._terminal.press("D", "Messages deleted")
        self._leave()

    def _open(self, edit: bool) -> None:
        _edits(self._home, edit)
        self._terminal.press("Enter", "Send this email?")

    def _leave(self) -> None:
        self._terminal.keys("q")
        self._terminal.ended()


def _edits(home: Path, edit: bool) -> None:
    (home / "edit").unlink(missing_ok=True)
    if edit:
        (home / "edit").touch()


@contextmanager
def neomutt(tmux: Path, program: Path, home: Path, way: Way) -> Iterator[Neomutt]:
    """neomutt with Drafts open."""
    settings = home / "muttrc"
    settings.write_text(
        f"""\
set folder = "imaps://{way.user}@127.0.0.1:{way.imap}/"
set imap_user = "{way.user}" imap_pass = "{way.password}" imap_authenticators = "login"
set smtp_url = "smtp://{way.user}@127.0.0.1:{way.smtp}/" smtp_pass = "{way.password}"
set smtp_authenticators = "plain" ssl_force_tls = yes
set ssl_ca_certificates_file = "{way.ca_file}" certificate_file = "{home}/certificates"
set spoolfile = "+INBOX" postponed = "+Drafts" record = "+Sent"
set from = "me@home.example" realname = "Me Myself"
set editor = "{_editor(home)}"
"""
    )
    command = [str(program), "-F", str(settings), "-f", "=Drafts"]
    with terminal(tmux, command, _environment(home, way)) as made:
        yield Neomutt(made, home)


@contextmanager
def aerc(tmux: Path, program: Path, home: Path, way: Way) -> Iterator[Aerc]:
    """aerc with Drafts open."""
    folder = home / ".config" / "aerc"
    folder.mkdir(parents=True, exist_ok=True)
    accounts = folder / "accounts.conf"
    accounts.write_text(
        f"""\
[home]
source = imaps://{way.user}:{way.password}@127.0.0.1:{way.imap}
outgoing = smtp+plain://{way.user}:{way.password}@127.0.0.1:{way.smtp}
smtp-starttls = yes
default = Drafts
from = Me Myself <me@home.example>
copy-to = Sent
postpone = Drafts
"""
    )
    accounts.chmod(0o600)
    (folder / "aerc.conf").write_text(f"[compose]\neditor={_editor(home)}\n")
    shipped = Path("/usr/share/aerc/binds.conf")
    (folder / "binds.conf").write_bytes(shipped.read_bytes())
    with terminal(tmux, [str(program)], _environment(home, way)) as made:
        yield Aerc(made, home)


def _editor(home: Path) -> Path:
    script = home / "editor"
    script.write_text(_EDITOR)
    script.chmod(0o700)
    return script


def _environment(home: Path, way: Way) -> dict[str, str]:
    return {
        "SSL_CERT_FILE": str(way.ca_file),
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
        "TERM": "screen",
        "XDG_RUNTIME_DIR": str(home),
    }
