"""The models, walked by dotted path: what a key is, and which keys lie beside it."""

from collections.abc import Iterable
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from agent.config.models import Config

Path = tuple[str | int, ...]


def _bare(annotation: Any) -> Any:
    """The type without `| None`."""
    if get_origin(annotation) in (Union, UnionType):
        kept = [kind for kind in get_args(annotation) if kind is not type(None)]
        return kept[0] if len(kept) == 1 else annotation
    return annotation


def _model(annotation: Any) -> type[BaseModel] | None:
    is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return annotation if is_model else None


def annotation_at(path: Path) -> Any:
    """The type that belongs at a path, or None where there is no such key."""
    here: Any = Config
    for step in path:
        model = _model(here)
        if model is not None:
            field = model.model_fields.get(str(step))
            here = _bare(field.annotation) if field else None
        elif get_origin(here) in (dict, tuple):
            here = get_args(here)[1 if get_origin(here) is dict else 0]
        else:
            return None
    return here


def field_at(path: Path) -> FieldInfo | None:
    """The field at a path, or None where it is no field of a table."""
    model = _model(annotation_at(path[:-1])) if path else None
    return model.model_fields.get(str(path[-1])) if model else None


def keys_at(path: Path) -> tuple[str, ...]:
    """The names allowed in the table at a path; empty where the names are the user's own."""
    model = _model(annotation_at(path))
    return tuple(model.model_fields) if model else ()


def every_key() -> Iterable[tuple[str, ...]]:
    """The path of every key there is; an account's or playbook's own name is `NAME`."""
    return _below(Config, ())


def _below(annotation: Any, path: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    model = _model(annotation)
    if model is not None:
        for name, field in model.model_fields.items():
            yield from _below(_bare(field.annotation), (*path, name))
    elif get_origin(annotation) is dict and _model(get_args(annotation)[1]):
        yield from _below(get_args(annotation)[1], (*path, "NAME"))
    else:
        yield path
