"""The pictures of the site in docs/, taken in Chromium: `python -m tools.pictures`, or `--check` that they are there.

Letters are drawn by the fonts of the machine, so the pictures are no test of bytes: `--check` only asks for them.
"""

import base64
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SHOWN = {
    "site-article.png": ("article/london-day-one.html", "light", 1280),
    "site-matrix.png": ("matrix.html", "dark", 1000),
}
"""Page, colours and width in pixels of each picture."""


def main() -> int:
    """Take the pictures, or with `--check` name those that are missing; 1 when one is."""
    if "--check" in sys.argv[1:]:
        missing = [name for name in SHOWN if not (DOCS / name).is_file()]
        for name in missing:
            print(f"docs/{name} is missing: run python -m tools.pictures")
        return int(bool(missing))
    sys.path.insert(0, str(ROOT))
    from dossier.desk.desk import Desk
    from dossier.desk.publish.scope import PublicationScope
    from dossier.desk.publish.site import publish
    from dossier.model.progress import say_nothing
    from tests.publish import chromium

    if chromium.BINARY is None:
        print("The pictures are taken in Chromium, which is not installed: python -m tools.chromium")
        return 1
    with tempfile.TemporaryDirectory() as room, chromium.page() as page:
        publish(Desk.open(ROOT / "seeds" / "london-trade-talks"), Path(room) / "site", PublicationScope(), say_nothing)
        for name, (path, scheme, width) in SHOWN.items():
            page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            page.call("Emulation.setDeviceMetricsOverride", width=width, height=720, deviceScaleFactor=1, mobile=False)
            page.open(f"{(Path(room) / 'site').as_uri()}/{path}")
            taken = page.call("Page.captureScreenshot", format="png")["data"]
            (DOCS / name).write_bytes(base64.b64decode(taken))
            print(f"docs/{name} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
