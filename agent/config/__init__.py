"""The configuration: TOML, the environment over it, frozen, every problem told at once.

`load` is the only way in; `Config` and its tables are what the program reads.
"""

from agent.config.load import anything_configured, load, require_accounts
from agent.config.models import (
    Account,
    Config,
    Drafting,
    Identity,
    OAuth,
    Playbook,
    Scan,
    Schedule,
    Smtp,
    neutral_identity,
)
from agent.config.paths import default_config_file, state_folder, user_templates

__all__ = [
    "Account",
    "Config",
    "Drafting",
    "Identity",
    "OAuth",
    "Playbook",
    "Scan",
    "Schedule",
    "Smtp",
    "anything_configured",
    "default_config_file",
    "load",
    "neutral_identity",
    "require_accounts",
    "state_folder",
    "user_templates",
]
