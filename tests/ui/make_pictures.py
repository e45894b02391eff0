"""Draws the pictures anew: `python tests/ui/make_pictures.py [NAME ...]`. Look at what changed before committing it."""

import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]


async def main(names: list[str]) -> None:
    """Draws the named scenes, or all."""
    from picturing import FOLDER, SCENES, SIZES, draw

    if not names:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(exist_ok=True)
    for name in names or SCENES:
        for size in SIZES:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as room:
                os.environ |= {"HOME": room} | {f"XDG_{part}_HOME": room for part in ("CACHE", "STATE", "CONFIG")}
                os.chdir(room)
                seed = HERE.parents[1] / "seeds" / "london-trade-talks"
                folder = Path(shutil.copytree(seed, Path(room) / "london"))
                shutil.copytree(seed, Path(room) / "another")
                (FOLDER / f"{name}-{size[0]}.txt").write_text(await draw(SCENES[name], size, folder), "utf-8")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
