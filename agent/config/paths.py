"""The folders of this user, by the XDG Base Directory Specification.

Nothing is created or read here.
"""

import os
from pathlib import Path

import platformdirs

APP = "followthrough"


def default_config_file() -> Path:
    """`$FOLLOWTHROUGH_CONFIG`, else `~/.config/followthrough/config.toml`."""
    named = os.environ.get("FOLLOWTHROUGH_CONFIG")
    return Path(named).expanduser() if named else config_folder() / "config.toml"


def config_folder() -> Path:
    """`~/.config/followthrough`, or below `$XDG_CONFIG_HOME`."""
    return Path(platformdirs.user_config_dir(APP))


def user_templates() -> Path:
    """Where the user's own templates go first; it need not exist."""
    return config_folder() / "templates"


def state_folder() -> Path:
    """`$FOLLOWTHROUGH_STATE`, else `~/.local/state/followthrough` (`$XDG_STATE_HOME`)."""
    named = os.environ.get("FOLLOWTHROUGH_STATE")
    if named:
        return Path(named).expanduser()
    return Path(platformdirs.user_state_dir(APP))
