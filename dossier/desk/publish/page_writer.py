"""Pages made by templates and put into the folder of a site, unless they are there already."""

from collections.abc import Iterable
from typing import Any

from dossier.desk.publish.output import SiteFolder
from dossier.model.clean import clean_line
from dossier.publish.pages import language, render_page


class PageWriter:
    """Writes the pages of one site."""

    def __init__(self, folder: SiteFolder, site: dict[str, Any], code: str) -> None:
        """Take the folder, what every page shows, and the language of the site."""
        self.folder = folder
        self._site = site
        self._language = language(code)

    def is_current(self, path: str, inputs: str, beside: Iterable[str] = ()) -> bool:
        """Return whether a page was made from these inputs already and is whole, and the files beside it are."""
        return self.folder.is_current(path, inputs, beside)

    def put(self, path: str, template: str, heading: str, inputs: str, **values: Any) -> None:
        """Write a page that a template makes; without inputs it will be made anew each time."""
        self.folder.put(path, self.render(path, template, heading, **values), inputs)

    def render(self, path: str, template: str, heading: str, **values: Any) -> str:
        """Make a page by a template."""
        return render_page(
            template, site=self._site, root="../" * path.count("/"), path=path,
            heading=clean_line(heading).strip() or "Untitled", page_language=self._language, **values,
        )  # fmt: skip
