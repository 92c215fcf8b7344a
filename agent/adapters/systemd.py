"""What systemd is told about the service (sd_notify(3)), in a few lines on its socket.

Outside systemd (no `$NOTIFY_SOCKET`) every call does nothing. A call never raises: a
service that works is not stopped because nobody listens. The module as a whole is what the
daemon takes for its service manager.
"""

import os
import socket
import time

#: The manager reads no more than PIPE_BUF (4096 bytes) of a message.
_STATUS_LIMIT = 2000


def notify(*assignments: str) -> bool:
    """Send `NAME=value` lines to the service manager; whether they were delivered."""
    where = os.environ.get("NOTIFY_SOCKET", "")
    if not where.startswith(("/", "@")):
        return False
    # A leading @ stands for the NUL of an abstract address (unix(7)).
    address = "\0" + where[1:] if where.startswith("@") else where
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
            channel.settimeout(1.0)
            channel.sendto("\n".join(assignments).encode(), address)
    except OSError:
        return False
    return True


def ready(text: str = "") -> None:
    """The service is up: configuration and store are open."""
    notify("READY=1", *([_status(text)] if text else []))


def status(text: str) -> None:
    """What the service is doing, in one line, as `systemctl status` shows it."""
    notify(_status(text))


def stopping(text: str = "") -> None:
    """The service has begun to stop."""
    notify("STOPPING=1", *([_status(text)] if text else []))


def reloading() -> None:
    """The configuration is being read again; `ready` says when that is done.

    MONOTONIC_USEC is asked for by Type=notify-reload (systemd 253), and ignored before; it is
    how the manager tells this answer from one to an earlier reload.
    """
    notify("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")


def watchdog() -> None:
    """The service is alive; to be sent two or three times in every `watchdog_interval`."""
    notify("WATCHDOG=1")


def watchdog_interval() -> float | None:
    """Seconds after which systemd takes a silent service for dead; None where it does not watch.

    See sd_watchdog_enabled(3): the interval may be meant for another process.
    """
    asked = os.environ.get("WATCHDOG_USEC", "")
    for_pid = os.environ.get("WATCHDOG_PID", "")
    if not asked.isascii() or not asked.isdigit() or int(asked) == 0:
        return None
    if for_pid and for_pid != str(os.getpid()):
        return None
    return int(asked) / 1_000_000


def _status(text: str) -> str:
    # One line, and none that could play tricks on a terminal: names in it come from mail.
    line = "".join(sign if sign.isprintable() else " " for sign in text)
    line = " ".join(line.split())
    cut = line.encode("utf-8", "replace")[:_STATUS_LIMIT].decode("utf-8", "ignore")
    return f"STATUS={cut}"
