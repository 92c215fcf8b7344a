"""Where settings come from: the TOML file, and the environment over it.

Both yield plain nested tables, as TOML has them; the models check them afterwards.
"""

import json
import os
import re
import tomllib
from pathlib import Path
from typing import Any, get_origin

from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource, TomlConfigSettingsSource

from agent.config import schema
from agent.config.models import Config
from agent.errors import ConfigError

PREFIX = "FOLLOWTHROUGH_"
DELIMITER = "__"

_POSITION = re.compile(r" \(at line (\d+), column (\d+)\)$")


class TomlFile(TomlConfigSettingsSource):
    """A TOML file in UTF-8, with or without a byte order mark, with any line ends.

    Raises ConfigError for one that cannot be read as TOML, with line and column.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(Config, toml_file=file)

    def _read_file(self, file_path: Any) -> dict[str, Any]:
        text = _decoded(file_path)
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(str(file_path), [_syntax(str(error), text)]) from None

    def __call__(self) -> dict[str, Any]:
        """The tables of the file, exactly as written."""
        return dict(self.toml_data)


def _decoded(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(str(file), [f"it cannot be read: {reason}"]) from None
    try:
        # Editors on Windows put a byte order mark first, which TOML does not know.
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"line {line}: this is not UTF-8; save the file in the encoding UTF-8"
        raise ConfigError(str(file), [problem]) from None


def _syntax(message: str, text: str) -> str:
    match = _POSITION.search(message)
    if match is None:
        return f"the last line: this is not TOML: {message.partition(' (at')[0]}"
    line, column = int(match[1]), int(match[2])
    lines = text.splitlines()
    written = lines[line - 1].strip()[:60] if line <= len(lines) else ""
    what = message[: match.start()]
    return f"line {line}, column {column}: this is not TOML: {what}, in `{written}`"


class Environment(PydanticBaseSettingsSource):
    """`FOLLOWTHROUGH_ACCOUNTS__HOME__HOST=…`: the dotted path in capitals, `__` for a dot.

    A list is written with commas, or as JSON. An account's name is matched in any case
    against those of the file. Variables without `__` are not settings.
    """

    def __init__(self, under: dict[str, Any], environ: dict[str, str] | None = None) -> None:
        super().__init__(Config)
        self._under = under
        self._environ = dict(os.environ) if environ is None else environ
        self.names: dict[schema.Path, str] = {}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """One top-level table, as pydantic-settings asks for it."""
        return self().get(field_name), field_name, True

    def __call__(self) -> dict[str, Any]:
        """The tables that the environment sets; `names` tells which variable set which path."""
        tables: dict[str, Any] = {}
        for name, text in sorted(self._environ.items()):
            if name.upper().startswith(PREFIX) and DELIMITER in name[len(PREFIX) :]:
                path = self._path(name)
                self.names[path] = name
                _put(tables, path, _as_toml(schema.annotation_at(path), text))
        return tables

    def _path(self, name: str) -> tuple[str, ...]:
        steps = name[len(PREFIX) :].lower().split(DELIMITER)
        if steps[0] in ("accounts", "playbooks") and isinstance(self._under.get(steps[0]), dict):
            written = {key.lower(): key for key in self._under[steps[0]]}
            steps[1] = written.get(steps[1], steps[1])
        return tuple(steps)


def _put(tables: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    for step in path[:-1]:
        inner = tables.setdefault(step, {})
        if not isinstance(inner, dict):
            return  # a shorter variable set a value where this one needs a table: that one is told
        tables = inner
    tables[path[-1]] = value


def _as_toml(annotation: Any, text: str) -> object:
    """The value that TOML would have given, or the text itself for the models to refuse."""
    if annotation in (bool, int, float):
        return _parsed(text.strip().lower(), text)
    if get_origin(annotation) is tuple:
        listed = text.strip()
        entries = [entry.strip() for entry in listed.split(",") if entry.strip()]
        return _parsed(listed, entries) if listed.startswith("[") else entries
    return text


def _parsed(text: str, otherwise: object) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return otherwise
