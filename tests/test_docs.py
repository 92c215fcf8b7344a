"""What the documentation draws is what the code says."""

from pathlib import Path

from agent.domain.lifecycle import diagram

DOCS = Path(__file__).parents[1] / "docs"


def test_the_diagram_of_the_stages_is_drawn_from_the_table() -> None:
    """A changed table has to be drawn anew."""
    assert diagram() in (DOCS / "architecture.md").read_text(encoding="utf-8")
