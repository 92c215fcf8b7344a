"""The pictures of the playbooks are what the playbooks say."""

import re
import tomllib
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree

import pytest

from agent.config.playbooks import problems_of, read
from agent.domain.playbook import Afterwards, Channel, Recipient, Trigger
from agent.playbooks import names
from agent.playbooks.picture import draw_all, svg

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", names())
def test_the_picture_in_the_documentation_is_up_to_date(name: str) -> None:
    """A changed playbook has to be drawn anew: python -m agent.playbooks.picture."""
    drawn = (DOCS / "playbooks" / f"{name}.svg").read_text(encoding="utf-8")
    assert drawn == svg(read(name, {}))


@pytest.mark.parametrize("name", names())
def test_the_documentation_shows_every_playbook(name: str) -> None:
    """Each shipped playbook has its section with its picture."""
    text = (DOCS / "playbooks.md").read_text(encoding="utf-8")
    assert f"## {name}\n" in text
    assert f"(playbooks/{name}.svg)" in text


def test_a_picture_is_whole_and_needs_nothing_from_outside() -> None:
    """Well-formed XML, a user's own words escaped, no address to fetch from."""
    own = {"mine": {"extends": "balanced", "title": "<b>Mine</b> & more"}}
    drawn = svg(read("mine", own))
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "<b>" not in drawn
    assert drawn.count("http") == 1, "the namespace alone"


def test_all_of_them_can_be_drawn_into_a_folder(tmp_path: Path) -> None:
    """One file a playbook."""
    assert {file.stem for file in draw_all(tmp_path / "new")} == set(names())


def test_every_example_in_the_documentation_can_be_used(tmp_path: Path) -> None:
    """Each block of TOML stands in a configuration as it is written, its own template beside it."""
    text = (DOCS / "playbooks.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 3
    mine = "".join(f"{block}\n" for block in reversed(blocks) if not block.startswith("playbook ="))
    whole = f'{mine}[identity]\nname = "Ada"\naddresses = ["ada@mail.example"]\n'
    table = tomllib.loads(whole.replace('"my_question"', '"check_in.first"'))
    own = table["playbooks"]
    assert list(problems_of(own)) == []
    assert {step.name for step in read("mine", own).steps} >= set(table["playbook"]["off"])
    assert tomllib.loads(blocks[0]) == {"playbook": "patient"}


@pytest.mark.parametrize("words", [Trigger, Channel, Recipient, Afterwards])
def test_every_word_of_a_playbook_is_explained(words: type[StrEnum]) -> None:
    """Whatever a step can say stands in the documentation."""
    text = (DOCS / "playbooks.md").read_text(encoding="utf-8")
    assert [word.value for word in words if f"`{word.value}`" not in text] == []
