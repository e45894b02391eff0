"""For each line of modules on standard input, print on one line what importing them into a fresh process loads.

They are imported in a fork of this process, which has loaded no module of the project: what one line imports is not there
for the next. Libraries that the modules named as arguments load are loaded before, once for all, but for those whose
presence is looked for.
"""

import importlib
import os
import sys
from contextlib import suppress
from pathlib import Path

LOOKED_FOR = {"dossier", "whoosh"}


def loaded(names: list[str]) -> list[str]:
    """The modules in a fork of this process once it has imported these, or how that failed."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            for name in names:
                importlib.import_module(name)
            told = " ".join(sys.modules)
        except BaseException as error:  # noqa: BLE001 - every failure is one answer
            told = f"failed: {error!r}"
        with os.fdopen(theirs, "w") as stream:
            stream.write(told)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as stream:
        told = stream.read()
    os.waitpid(child, 0)
    return told.split()


sys.path.insert(0, str(Path.cwd()))
screen = sys.argv[1] == "with-the-screen"
if not screen:
    LOOKED_FOR |= {"textual", "rich", "yaml"}
for probe in sys.argv[2:]:
    for library in loaded([probe]):
        if library.partition(".")[0] not in LOOKED_FOR:
            with suppress(ImportError):
                importlib.import_module(library)
assert not LOOKED_FOR & {name.partition(".")[0] for name in sys.modules}
for line in sys.stdin:
    print(*loaded(line.split()), flush=True)
