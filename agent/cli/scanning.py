"""What `scan` shows: a progress bar while it reads, then what it found."""

from collections.abc import Iterator
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from agent.domain.followup import FollowUpStatus
from agent.ports import Store


class Bar:
    """A progress bar on a terminal; nothing where there is none."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task("Reading", total=None)

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def show(self, done: int, total: int) -> None:
        """`done` of `total` messages are read."""
        self._progress.update(self._task, completed=done, total=total)


def summary(store: Store) -> Iterator[str]:
    """What was found, in a few lines."""
    apps = store.applications()
    running = [app for app in apps if not app.ended]
    yield f"{_count(len(apps), 'application')} found, {len(running)} under way."
    late = {f.application_id: f for f in store.followups_in(FollowUpStatus.LAPSED)}
    listed = [app for app in running if app.id in late]
    if listed:
        yield "Fell due before this start, so listed and not drafted:"
    for app in listed:
        step = late[app.id].step.replace("_", "-")
        yield f"  {app.id}  {app.title}: {step}, due {late[app.id].due_at.date().isoformat()}"
    planned = store.followups_in(FollowUpStatus.PLANNED)
    if planned:
        yield f"{_count(len(planned), 'follow-up')} planned; “followthrough run” drafts them when due."
    aside = store.aside()
    if aside:
        yield f"{_count(len(aside), 'message')} could not be read; “followthrough status” lists them."


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
