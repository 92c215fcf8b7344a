"""The shipped playbooks, as data: `table(name)` is one as its file has it, nothing read into it.

Read once, when first asked for. What the tables mean is for `agent.domain.playbook` to say,
how one extends another for `agent.config.playbooks`.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def names() -> tuple[str, ...]:
    """The shipped playbooks' names, the default first, then sorted."""
    found = (each.name for each in files(__name__).iterdir())
    stems = sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml"))
    return tuple(sorted(stems, key=lambda name: name != "balanced"))


@cache
def table(name: str) -> Mapping[str, Any]:
    """A shipped playbook's table; raises KeyError where there is none of that name."""
    if name not in names():
        raise KeyError(name)
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
