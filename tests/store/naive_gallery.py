"""What the gallery must answer, said in plain Python over plain values, with no SQL, no bits and no index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from seedream_desktop.domain.collections import lies_in
from seedream_desktop.domain.judging import UNJUDGED, Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.query import Query, Term
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.gallery.model import has_card

Group = tuple[str, int, tuple[int, ...]]
"""The id of a task, how many cells it has, and the positions that are shown; none for what is still to come."""


@dataclass
class NaiveGallery:
    """A library as plain values; *tasks* in the order they came in, *places* of pictures by project, None: in none."""

    tasks: dict[str, Task] = field(default_factory=dict)
    judgments: dict[str, Judgment] = field(default_factory=dict)
    trash: set[str] = field(default_factory=set)
    places: dict[str, str | None] = field(default_factory=dict)
    collections: dict[str, tuple[str, set[str]]] = field(default_factory=dict)

    def groups(self, query: Query) -> list[Group]:
        """Return what `GalleryIndex.groups` shows, newest first."""
        return [group for task in reversed(self.tasks.values()) if (group := self._group(task, query)) is not None]

    def contents(self, query: Query) -> list[str]:
        """Return the content of every picture that fits, each once."""
        found = (
            picture.sha256
            for task in reversed(self.tasks.values())
            if self._fits_task(task, query)
            for picture in task.pictures
            if picture.sha256 is not None and self._fits_picture(task, picture, query)
        )
        return list(dict.fromkeys(found))

    def states(self, query: Query) -> Counter[str]:
        """Return how many groups of each state fit."""
        return Counter(str(self.tasks[name].state) for name, _, _ in self.groups(query))

    def in_project(self, project: str) -> int:
        """Return how many pictures a project holds outside the trash, each once for every project of its tasks."""
        own = {content for content, place in self.places.items() if place == project}
        of_tasks = {
            picture.sha256
            for task in self.tasks.values()
            if task.project == project
            for picture in task.pictures
            if picture.sha256 is not None and picture.sha256 not in self.places
        }
        return len((own | of_tasks) - self.trash)

    def in_collection(self, name: str) -> int:
        """Return how many pictures a collection and those below it hold, each once."""
        return len(self._collected(name) - self.trash)

    def said(self, content: str) -> Judgment:
        """Return what was said of a picture."""
        return self.judgments.get(content, UNJUDGED)

    def _collected(self, name: str) -> set[str]:
        return {each for other, contents in self.collections.values() if lies_in(other, name) for each in contents}

    def _group(self, task: Task, query: Query) -> Group | None:
        if not self._fits_task(task, query):
            return None
        shown = tuple(each.position for each in task.pictures if self._fits_picture(task, each, query))
        is_awaited = not task.pictures and self._may_be_awaited(task, query)
        if not shown and not is_awaited:
            return None
        cells = 1 if has_card(task) else len(shown) if task.pictures else task.request.count
        return task.id, cells, shown

    @staticmethod
    def _may_be_awaited(task: Task, query: Query) -> bool:
        """Whether an order without pictures fits: nothing can be asked of its pictures but the project."""
        if query.project is None:
            return not query.asks_about_pictures
        only = Query(project=query.project)
        asked = (query.rating_at_least, query.flag, query.is_favourite, query.tags, query.collection, query.is_in_trash)
        return only.project == task.project and not any(asked)

    def _fits_task(self, task: Task, query: Query) -> bool:
        request = task.request
        asked = (
            (query.ratios, request.aspect_ratio),
            (query.resolutions, request.resolution),
            (query.modes, request.mode),
            (query.states, task.state),
        )
        if not all(not wanted or word in wanted for wanted, word in asked):
            return False
        return all(self._is_found(task, term) for term in query.terms)

    def _fits_picture(self, task: Task, picture: Picture, query: Query) -> bool:
        said, content = self.said(picture.sha256 or ""), picture.sha256
        if (content in self.trash) is not query.is_in_trash or (query.is_in_trash and not picture.is_stored):
            return False
        if query.asks_about_pictures and content is None:
            return self._is_on_its_way_to(task, query)
        return (
            said.stars >= query.rating_at_least
            and query.flag in (None, said.flag)
            and (said.is_favourite or not query.is_favourite)
            and set(query.tags) <= set(said.tags)
            and (query.project is None or self.places.get(content or "", task.project) == query.project)
            and (query.collection is None or content in self._collected(self.collections[query.collection][0]))
        )

    def _is_on_its_way_to(self, task: Task, query: Query) -> bool:
        """Whether a picture that has not come yet fits: it is unjudged, in no collection, and where its task is."""
        asked = (query.rating_at_least, query.is_favourite, query.tags, query.collection, query.flag)
        return query.project is not None and task.project == query.project and not any(asked)

    def _is_found(self, task: Task, term: Term) -> bool:
        return any(_holds(line, term) for line in (task.request.prompt, *self._lines(task)))

    def _lines(self, task: Task) -> Iterator[str]:
        for picture in task.pictures:
            said = self.said(picture.sha256 or "")
            yield from said.tags
            yield said.note
            if picture.saved_path is not None:
                yield picture.saved_path.rpartition("/")[2].rpartition(".")[0]


def _holds(text: str, term: Term) -> bool:
    words, wanted = text.lower().split(), term.text.lower().split()
    return any(_begins(words[at : at + len(wanted)], wanted, is_open=term.is_open) for at in range(len(words)))


def _begins(words: Iterable[str], wanted: list[str], *, is_open: bool) -> bool:
    found = list(words)
    if len(found) != len(wanted) or found[:-1] != wanted[:-1]:
        return False
    return found[-1].startswith(wanted[-1]) if is_open else found[-1] == wanted[-1]
