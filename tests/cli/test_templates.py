"""`templates`: looking at the texts, and starting one's own."""

from pathlib import Path

from tests.cli.conftest import Run


def test_a_copy_goes_into_the_users_own_folder_once(run: Run, tmp_path: Path) -> None:
    """The path is printed; a copy that is there is never overwritten."""
    environ = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    done = run("templates", "copy", "check_in.first", **environ)
    assert done.returncode == 0, done.stderr
    copy = Path(done.stdout.strip())
    assert "== subject" in copy.read_text(encoding="utf-8")
    copy.write_text("mine", encoding="utf-8")
    again = run("templates", "copy", "en/check_in.first.txt", **environ)
    assert again.returncode == 66
    assert copy.read_text(encoding="utf-8") == "mine"
    assert "* en/check_in.first.txt" in run("templates", "list", **environ).stdout


def test_a_misspelt_name_is_told_with_the_nearest(run: Run) -> None:
    """With what there is."""
    done = run("templates", "copy", "check_in.frist")
    assert done.returncode == 66
    assert "en/check_in.first.txt" in done.stderr
