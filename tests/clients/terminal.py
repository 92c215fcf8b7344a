"""A program on a terminal, driven as by hand: keys in, the screen out. By tmux."""

import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

_PATIENCE = 20.0
_LOOK = 0.1


@dataclass(frozen=True, slots=True)
class Terminal:
    """One tmux server of its own, with one window."""

    tmux: Path
    socket: Path

    def keys(self, *keys: str) -> None:
        """Press keys, by tmux's names for them ("Enter", "C-x", "y")."""
        self._tmux("send-keys", *keys)

    def screen(self) -> str:
        """What is to be read now."""
        return self._tmux("capture-pane", "-p")

    def until(self, *words: str) -> str:
        """Wait for all these words to stand on the screen; the screen."""
        return seen(self.screen, lambda screen: all(word in screen for word in words), words)

    def press(self, key: str, *words: str) -> str:
        """Press a key and wait for words."""
        self.keys(key)
        return self.until(*words)

    def ended(self) -> None:
        """Wait for the program to have left."""
        seen(lambda: self._tmux("list-panes", "-F", "#{pane_dead}").strip(), "1".__eq__, "its end")

    def _tmux(self, *arguments: str) -> str:
        command = [str(self.tmux), "-S", str(self.socket), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def seen(look: Callable[[], str], good: Callable[[str], bool], wanted: object) -> str:
    """Look again and again until what is seen is good."""
    deadline = time.monotonic() + _PATIENCE
    while not good(found := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{wanted} is not to be seen in:\n{found}")
        time.sleep(_LOOK)
    return found


@contextmanager
def terminal(
    tmux: Path, command: Sequence[str], environment: Mapping[str, str]
) -> Iterator[Terminal]:
    """Run a command on a terminal of 120 by 40; the program and its tmux end with the block."""
    variables = [f"{name}={value}" for name, value in environment.items()]
    # Not below pytest's folder: a socket's path may have 108 characters and no more.
    with TemporaryDirectory(prefix="tmux-") as folder:
        made = Terminal(tmux, Path(folder) / "socket")
        made._tmux(
            *("-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "40"),
            *("env", "-i", *variables, *command),
            *(";", "set-option", "remain-on-exit", "on"),
        )
        try:
            yield made
        finally:
            made._tmux("kill-server")
