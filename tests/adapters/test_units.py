"""The unit of this user's service, as it is written for this installation."""

import shlex
from pathlib import Path

import pytest

from agent import resources
from agent.adapters.units import MARK, put, quoted, unit_folder, unit_text

SHIPPED = (resources.systemd_units() / "followthrough.service").read_text()


def lines(text: str, name: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(f"{name}=")]


def test_it_runs_this_very_program() -> None:
    """The program, its configuration and its folders, quoted as systemd reads them."""
    text = unit_text(
        SHIPPED,
        ["/home/a b/venv/bin/followthrough", "run"],
        Path("/data/100%/state"),
        {"FOLLOWTHROUGH_STATE": "/data/100%/state"},
    )
    assert lines(text, "ExecStart") == ['ExecStart="/home/a b/venv/bin/followthrough" run']
    assert lines(text, "ReadWritePaths")[0] == "ReadWritePaths=-/data/100%%/state"
    assert lines(text, "Environment") == ["Environment=FOLLOWTHROUGH_STATE=/data/100%%/state"]


def test_all_else_stays_as_shipped() -> None:
    """With the shipped program and folder nothing changes but the first lines."""
    state = Path("%h/.local/state/followthrough")
    text = unit_text(SHIPPED, ["%h/.local/bin/followthrough", "run"], state, {})
    assert text.startswith(MARK)
    assert text.replace("%%h", "%h").endswith(SHIPPED)


@pytest.mark.parametrize("word", ["plain", "two words", 'a"b', "a'b", "back\\slash", "a;b", ""])
def test_quoting(word: str) -> None:
    """systemd's quoting agrees with the shell's where both know it."""
    assert shlex.split(quoted(word)) == [word]


def test_specifiers_and_variables_stand_for_themselves() -> None:
    """`%h` and `$HOME` in a folder's name are that name."""
    assert quoted("/x/%h/$HOME") == "/x/%%h/$$HOME"


def test_a_unit_of_another_hand_is_kept(tmp_path: Path) -> None:
    """What the user wrote themselves is put aside, what we wrote is written over."""
    file = tmp_path / "systemd" / "user" / "followthrough.service"
    assert put(file, f"{MARK} one\n") is None
    assert put(file, f"{MARK} two\n") is None
    file.write_text("theirs\n")
    kept = put(file, f"{MARK} three\n")
    assert kept is not None
    assert kept.read_text() == "theirs\n"
    assert file.read_text() == f"{MARK} three\n"
    assert len(list(file.parent.iterdir())) == 2


def test_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below $XDG_CONFIG_HOME where that is named."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert unit_folder() == tmp_path / "systemd" / "user"
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", "/home/ada")
    assert unit_folder() == Path("/home/ada/.config/systemd/user")
