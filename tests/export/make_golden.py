"""Writes the golden file anew: look at what changed before committing it."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from london_brief import london_brief  # noqa: E402

from dossier.export.markdown import render_markdown  # noqa: E402

(HERE / "golden" / "london.md").write_text(render_markdown(london_brief()), "utf-8")
