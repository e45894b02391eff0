"""The picture in the README, drawn by the app itself: `python -m tools.screenshot` writes docs/screen.svg."""

import asyncio
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


async def draw(folder: Path) -> str:
    """The browser on a dossier at 120x40, with a quote open at its words, as SVG."""
    from dossier.desk.desk import Desk
    from dossier.ui.app import DossierApp
    from dossier.ui.work.reading import Reading

    app = DossierApp(Reading(Desk.open(folder)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("3", *["j"] * 5, "enter")
        await pilot.pause()
        return app.export_screenshot(title="dossier")


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as room:
        folder = Path(shutil.copytree(ROOT / "seeds" / "london-trade-talks", Path(room) / "london-trade-talks"))
        svg = asyncio.run(draw(folder))
    path = ROOT / "docs" / "screen.svg"
    path.write_text(svg, encoding="utf-8")
    print(f"{path.relative_to(ROOT)} written")


if __name__ == "__main__":
    main()
