"""The commands. Light to import: each command imports what it needs when it is called."""

import gc
import sys

# Objects made before the collector looks for circles among them. The words and weights of the
# languages are many, live as long as the process and have none; with the usual 700 an eighth
# of the time of a short command went to it.
_SELDOM = 50_000


def main() -> int:
    """Run the command that the arguments name; returns the exit code."""
    gc.set_threshold(_SELDOM, *gc.get_threshold()[1:])
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        return _version()
    from agent.cli.errors import guarded

    return guarded(lambda: _command(arguments))


def _version() -> int:
    # Before anything is imported: scripts ask this often.
    from agent import __version__

    print(f"followthrough {__version__}")
    return 0


def _command(arguments: list[str]) -> object:
    from agent.cli.app import app

    # standalone_mode=False: exceptions come here, to be told in one place.
    return app(args=arguments, prog_name="followthrough", standalone_mode=False)
