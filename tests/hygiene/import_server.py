"""For each module named on standard input, print on one line what importing it into a fresh process loads.

Each is imported in a fork of this process, which has loaded no module of the project: what one imports is not there for
the next. The libraries named as arguments are loaded before, once for all.
"""

import importlib
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))
for library in sys.argv[1:]:
    importlib.import_module(library)
assert not any(name.startswith("dossier") for name in sys.modules)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        try:
            importlib.import_module(line.strip())
            print(*sys.modules, flush=True)
        except BaseException as error:  # noqa: BLE001 - every failure is one answer
            print("failed:", repr(error).replace("\n", " "), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
