"""What comes out of a mail has no power over the terminal."""

import io
import json

import pytest

from agent.cli import output


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\033[2Jgone", "\N{REPLACEMENT CHARACTER}[2Jgone"),
        ("\033]0;title\007", "\N{REPLACEMENT CHARACTER}]0;title\N{REPLACEMENT CHARACTER}"),
        ("exe.\u202efdp", "exe.\N{REPLACEMENT CHARACTER}fdp"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("Nguyễn Thị Hoa 👋", "Nguyễn Thị Hoa 👋"),
        ("lone \udce4 byte", "lone \N{REPLACEMENT CHARACTER} byte"),
    ],
)
def test_safe(raw: str, shown: str) -> None:
    """Control and reordering characters are shown as what they are; letters stay."""
    assert output.safe(raw) == shown


def test_markup_is_only_text(capsys: pytest.CaptureFixture[str]) -> None:
    """Square brackets in a subject are no markup."""
    output.console().print("[bold]Offer[/bold] :tada:")
    assert capsys.readouterr().out == "[bold]Offer[/bold] :tada:\n"


def test_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Objects for programs are one a line, in ASCII, and read back the same."""
    objects = [{"name": "Zoë\n\U0001f44b"}, {"name": None}]
    output.print_json_lines(objects)
    out = capsys.readouterr().out
    assert out.isascii()
    assert [json.loads(line) for line in out.splitlines()] == objects


def test_a_terminal_without_the_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that cannot show a letter shows a question mark instead."""
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", narrow)
    output.make_safe_streams()
    narrow.write("Zoë")
    narrow.flush()
    assert narrow.buffer.getvalue() == b"Zo?"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("no_color", "red"), [("", True), ("1", False)])
def test_complaints_are_red_on_a_terminal(
    no_color: str, red: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error is red where that can be seen, and plain where it is not wanted."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setattr("sys.stderr", Terminal())
    output.complain("It is away.")
    written = output.sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert ("\033[31m" in written) is red
    assert "followthrough: It is away." in written
