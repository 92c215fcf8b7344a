"""`run` and `scan`: the daemon in the foreground, and the first look at a mailbox."""

import asyncio
import logging
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import ConfigFile, configured

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
    """Watch the mailboxes and draft what is due, until stopped; the log goes to stderr."""
    _log_to_stderr(verbose)
    with _Session(config) as session:
        if once:
            asyncio.run(session.daemon.once())
        else:
            asyncio.run(_until_told(session.daemon))


def scan(config: ConfigFile = None) -> None:
    """Read the last weeks of every mailbox once; it goes on where it was interrupted."""
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
        self.daemon = bootstrap.daemon(config, context)
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()
        self._lock.release()


async def _until_told(daemon: "Daemon") -> None:
    """Run until SIGTERM or SIGINT; both end it at a safe point, with exit code 0."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await daemon.run(stop)


def _log_to_stderr(verbose: bool, level: int = logging.INFO) -> None:
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if verbose else level,
        format="%(asctime)s %(levelname)s %(message)s",
        datefmt="%Y-%m-%d %H:%M:%S",
    )
    # The libraries say too much: at DEBUG imapclient logs whole messages.
    for name in ("imapclient", "apscheduler", "asyncio", "keyring"):
        logging.getLogger(name).setLevel(logging.WARNING)
