"""`run` and `scan`: the daemon in the foreground, and the first look at a mailbox."""

import faulthandler
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import ConfigFile, configured
from agent.errors import FollowthroughError

if TYPE_CHECKING:
    from agent.daemon import Daemon
    from agent.ports import Store


def run(
    once: Annotated[
        bool, typer.Option("--once", help="One pass over everything, then end.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Log addresses and details too.")
    ] = False,
    config: ConfigFile = None,
) -> None:
    """Watch the mailboxes and draft what is due, until stopped; the log goes to stderr.

    SIGHUP reads the configuration again; SIGTERM and Ctrl-C end it at a safe point.
    """
    import asyncio

    _log_to_stderr(verbose)
    # Taken for hung, it is ended by SIGABRT: the log then says what it hung in.
    faulthandler.enable()
    with _errors_logged(), _Session(config) as session:
        if once:
            asyncio.run(session.daemon.once())
        else:
            asyncio.run(_until_told(session.daemon))


def scan(config: ConfigFile = None) -> None:
    """Read the last weeks of every mailbox once; it goes on where it was interrupted."""
    import asyncio

    from agent.cli.output import console
    from agent.cli.scanning import Bar, summary

    _log_to_stderr(verbose=False, level=logging.WARNING)
    with _Session(config) as session:
        with Bar(console(stderr=True)) as bar:
            asyncio.run(session.daemon.scan(bar.show))
        for line in summary(session.store):
            console().print(line)


class _Session:
    """The store, the lock and the daemon of one run, given back at its end."""

    def __init__(self, file: Path | None) -> None:
        self._file = file

    def __enter__(self) -> "_Session":
        from agent import bootstrap
        from agent.service.log import log_event

        config = configured(self._file, accounts=True)
        self._lock = bootstrap.state_lock()
        self._lock.acquire()
        self.store: Store = bootstrap.open_store()
        context = bootstrap.context(
            config,
            store=self.store,
            mailboxes=bootstrap.mailboxes(config),
            observer=log_event,
        )
        self.daemon = bootstrap.daemon(config, context, file=self._file)
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()
        self._lock.release()


@contextmanager
def _errors_logged() -> Iterator[None]:
    """In the journal, what ends the service is an error among lines, with its level."""
    from agent.adapters.journal import stderr_is_journal

    try:
        yield
    except FollowthroughError as error:
        if not stderr_is_journal():
            raise
        logging.getLogger("followthrough").error("%s", error)
        raise typer.Exit(error.exit_code) from None


async def _until_told(daemon: "Daemon") -> None:
    """Run until SIGTERM or SIGINT, which end it at a safe point, with exit code 0."""
    import asyncio

    stop, reload = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    # In a terminal SIGHUP says that its window was closed.
    closed = _in_terminal()
    loop.add_signal_handler(signal.SIGHUP, stop.set if closed else reload.set)
    await daemon.run(stop, reload)


def _in_terminal() -> bool:
    return "NOTIFY_SOCKET" not in os.environ and sys.stdin is not None and sys.stdin.isatty()


def _log_to_stderr(verbose: bool, level: int = logging.INFO) -> None:
    from agent.adapters.journal import JournalHandler, stderr_is_journal

    if stderr_is_journal():
        # The journal has the time and the level; the text is enough.
        handler: logging.Handler = JournalHandler()
        form = logging.Formatter("%(message)s")
    else:
        handler = logging.StreamHandler(sys.stderr)
        form = logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S")
    handler.setFormatter(form)
    logging.basicConfig(handlers=[handler], level=logging.DEBUG if verbose else level)
    # The libraries say too much: at DEBUG imapclient logs whole messages.
    for name in ("imapclient", "apscheduler", "asyncio", "keyring"):
        logging.getLogger(name).setLevel(logging.WARNING)
