# ruff: noqa: E501 - the lines of the table are those of the files
"""Break each guard of the browser's endurance once, in a copy, and say which test notices it.

`python -m tools.break_guards [WORD ...] [--jobs N]` runs those whose test or file holds one of the words, all without a
word, so many at a time, each in a copy of what is committed. It ends with 1 when one goes unnoticed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parents[1]
INPUT, DRIVER, SCREEN = (
    "dossier/ui/work/terminal_input.py",
    "dossier/ui/work/terminal_driver.py",
    "dossier/ui/widgets/screen.py",
)
MEMORY, KEEPER, FOLDER = "dossier/ui/work/memory.py", "dossier/desk/keeper.py", "dossier/desk/file_watch.py"
DRAFTS = "dossier/ui/work/article_drafts.py"
THREAD, RUN, TYPED = "dossier/ui/work/thread.py", "dossier/ui/run.py", "dossier/ui/work/typed_queue.py"
AHEAD, CACHES = "tests/ui/test_typed_ahead.py", "tests/ui/test_cache_bytes.py"
LIMITS, MADE_AGAIN = "tests/ui/test_memory_limits.py", "tests/desk/test_folder_made_again.py"
WHOOSH, SERVICE, TURNS = (
    "dossier/search/engines/whoosh/",
    "dossier/desk/search/service.py",
    "tests/search/test_index_taken_turns.py",
)
DOING, SEPARATE = "dossier/desk/separate", "tests/desk/test_separate_work.py"
EDITS = "tests/annotate/test_large_edits.py"
REPLACED = "tests/catalogue/test_replaced_catalogue.py"
CANCELLED, OPENING = "tests/ui/test_cancelled_previews.py", "tests/ui/test_opening_dialogs.py"
GUARDS = (
    (INPUT, "except Exception:  # noqa: BLE001 - see above", "except ZeroDivisionError:  # see above", "tests/ui/test_terminal_input.py"),
    (INPUT, "        self._heard = time.monotonic()\n\n    def tick", "\n    def tick", "tests/ui/test_terminal_input.py"),
    (INPUT, "room = PASTE_LIMIT + 1 - self._kept", "room = 10**9", "tests/ui/test_terminal_input.py"),
    (INPUT, "0 < message.size.width <= LARGEST[0]", "True", "tests/ui/test_terminal_input.py"),
    (DRIVER, "parser = self._parser\n", "parser = self._parser = TerminalParser()\n", "tests/ui/test_terminal_input.py"),
    (DRIVER, "min(parser.due, LOOK)", "LOOK", "tests/ui/test_terminal_input.py"),
    (SCREEN, "if not self.is_active or self._left or len(self.app.screen_stack) >= DEEPEST:", "if False:", "tests/ui/test_dialogs.py"),
    (SCREEN, "if self._left or not self.is_active or self not in self.app.screen_stack[1:]:", "if False:", "tests/ui/test_dialogs.py"),
    ("dossier/ui/widgets/line_input.py", "text = clean_line(text)[: room_in(typed)]", "text = clean_line(text)", "tests/ui/test_line_input.py"),
    ("dossier/ui/widgets/prompt_line.py", "kept = text[bisect_left(range(len(text)), over, key=lambda gone: size - cells(text[gone:])) :]",
     "kept = text\n            while kept and size - cells(kept) < over:\n                kept = kept[1:]", "tests/ui/test_line_input.py"),
    ("dossier/ui/drawing/partial.py", "if not full and isinstance(screen, Screen) and screen._repaint_required:", "if False:", OPENING),
    (SCREEN, "self.app._prune(self)", "self.app._prune(self, parent=self._parent)", OPENING),
    ("dossier/ui/drawing/backdrop.py", "            self._below = None\n\n    def draw", "            pass\n\n    def draw", OPENING),
    (SCREEN, "if self.is_attached and self.is_current:\n                raise", "raise", "tests/ui/test_dialogs.py"),
    (SCREEN, "except (NoMatches, NoScreen, ScreenStackError, MountError):", "except (NoMatches, NoScreen, ScreenStackError):", "tests/ui/test_dialogs.py"),
    ("dossier/ui/drawing/styles.py", "except NoScreen:", "except ZeroDivisionError:", "tests/ui/test_dialogs.py"),
    ("dossier/ui/widgets/table_cursor.py", "        self.left = max(0, left)\n        if not self.frame.page:\n            return\n",
     "        if not self.frame.page:\n            return\n        self.left = max(0, left)\n", "tests/ui/test_matrix.py"),
    ("dossier/desk/annotate/completion.py", " if len(apart) <= len(folded) else None", "", "tests/annotate/test_annotation_service.py"),
    (DRIVER, "while self._waiting() > AHEAD and not", "while False and not", "tests/ui/test_terminal_input.py"),
    (DRIVER, "if is_movement(message) and self._waiting() > MOVES_AHEAD:", "if False:", "tests/ui/test_terminal_input.py"),
    (DRIVER, "LARGE if parser.pasting else SMALL", "LARGE", "tests/ui/test_terminal_input.py"),
    (MEMORY, "now - self._heard > REST and ", "", LIMITS),
    (MEMORY, "now > self._next and ", "", LIMITS),
    (MEMORY, " and (self._has_garbage_pages or any(gc.get_count()[1:]))", "", LIMITS),
    (MEMORY, "self._has_garbage_pages or any", "any", LIMITS),
    (MEMORY, "        gc.collect()\n        self._collected", "        self._collected", LIMITS),
    (MEMORY, "        gc.collect()\n        self._collected", "        gc.collect()\n        gc.freeze()\n        self._collected", LIMITS),
    (MEMORY, "time.monotonic() - self._heard < PAUSE", "False", LIMITS),
    (MEMORY, " >= DUE", " >= 0", LIMITS),
    (SCREEN, "            widget._styles_cache.clear()", "            pass", LIMITS),
    (MEMORY, " > LONG_REST and not", " > REST and not", LIMITS),
    (MEMORY, " |= clear_call_caches()", " |= False", LIMITS),
    (MEMORY, "            release_mapped_pages()\n", "", LIMITS),
    ("dossier/model/mapped_files.py", "        _mapped.add(mapped)\n", "        pass\n", "tests/search/test_mapped_pages.py"),
    (RUN, "    gc.set_threshold(*gc.get_threshold()[:2], LATEST)\n", "", LIMITS),
    (TYPED, "while self._waiting and self._under_way is None:", "while self._waiting:", AHEAD),
    (TYPED, "            task.add_done_callback(done)\n", "            pass\n", AHEAD),
    (TYPED, "return front is self._pasted", "return True", AHEAD),
    (MEMORY, "            self._collected = False\n            release_memory()", "            self._collected = False", LIMITS),
    ("dossier/ui/drawing/partial.py", "StylesCache.get_inner_outer = lambda", "_unused = lambda", LIMITS),
    (RUN, "    sys.setswitchinterval(_TURN)\n", "", LIMITS),
    (MEMORY, "_ARENA_MAX: 2,", "_ARENA_MAX: 64,", LIMITS),
    (THREAD, "        if name not in _queues:", "        if True:", LIMITS),
    (THREAD, "            self._desk.close()\n", "", LIMITS),
    (DRAFTS, "self.article == view.entry.id and ", "", "tests/ui/test_prompt_defaults.py"),
    (DRAFTS, " and self.text == view.text", "", "tests/ui/test_drafts_of_articles.py"),
    ("dossier/model/bounded.py", " and self._held > self.most_bytes", " and False", CACHES),
    ("dossier/ui/work/reading.py", "BoundedDict(8, _ARTICLE_BYTES)", "BoundedDict(8, 10**9)", CACHES),
    ("dossier/store/sync/sources.py", "BoundedDict(_TAKEN_APART)", "BoundedDict(10_000)", CACHES),
    ("dossier/model/paged.py", "most_pages = 8", "most_pages = 8_000", LIMITS),
    ("dossier/desk/listing/lists.py", "held > _BYTES", "False", CACHES),
    ("dossier/desk/listing/listing.py", "self._measured[1] + self._pages.held + positions", "0", CACHES),
    ("dossier/desk/matrix/matrix.py", "BoundedDict(_KEPT, _BYTES, size_of_sums)", "BoundedDict(_KEPT, 10**9)", CACHES),
    (WHOOSH + "engine.py", "self._version != version", "self._open.generation != version[0]", TURNS),
    (WHOOSH + "writer.py", "if attempt == 9 or self.generation() == newest:", "if True:", TURNS),
    (SERVICE, "                    try:\n                        _ = self.index.current\n                    except IndexDamaged:\n                        self._renew()",
     "                    self._renew()", TURNS),
    (SERVICE, "                    except IndexDamaged:\n                        self._renew()", "                    except IndexDamaged:\n                        pass", TURNS),
    (SERVICE, "                with suppress(IndexDamaged):\n                    return not self.index.current, ask()\n", "", TURNS),
    ("dossier/search/engines/tantivy/seal.py", "worker.join(SEALING)", "worker.join()", TURNS),
    ("dossier/desk/search/index.py", '            except OSError as error:\n                raise DossierError(f"The full-text index cannot be kept',
     '            except ZeroDivisionError as error:\n                raise DossierError(f"The full-text index cannot be kept', "tests/ui/test_cache_taken_away.py"),
    ("dossier/store/catalogue/catalogue.py", "        self.release()\n        self._follow()\n", "        self.release()\n", "tests/ui/test_cache_taken_away.py"),
    ("dossier/store/catalogue/catalogue.py", "        self._follow()\n        known", "        known", REPLACED),
    ("dossier/store/catalogue/catalogue.py", "if other.content is None:", "if False:", REPLACED),
    ("dossier/desk/user/crash_log.py", "if damaged and discard_damaged()", "if False", "tests/hostile/test_damaged_catalogue.py"),
    ("dossier/ui/screens/palette.py", "show(self._actions)", "show([*self._actions, *self._entries])", LIMITS),
    ("dossier/desk/annotate/service.py", "BoundedDict(size=lambda text: _BYTES_A_CHARACTER * len(text.original))", "BoundedDict(size=lambda _: 0)", EDITS),
    ("dossier/desk/annotate/service.py", "            finally:\n                self._texts.clear()", "            finally:\n                pass", EDITS),
    ("dossier/model/clean.py", 'return text.replace("\\r\\n", "\\n").translate(_SYMBOLS)', "return HOSTILE.sub(lambda one: _SYMBOLS[ord(one[0])], text)", "tests/model/test_inert_text.py"),
    ("dossier/ui/drawing/partial.py", "                    pieces[column] = Strip.blank(end - column)\n", "", "tests/ui/test_drawing.py"),
    ("dossier/ui/drawing/partial.py", "        if is_incomplete and not self._is_incomplete and", "        if False and", "tests/ui/test_drawing.py"),
    ("dossier/search/engines/bitsets.py", "min(_LANES, max(", "min(10**9, max(", CACHES),
    ("dossier/store/yaml/source_positions.py", "lambda text: _TIMES * len(text)", "lambda text: 0", CACHES),
    ("dossier/store/yaml/kept_sheets.py", "lambda _file, data: TIMES * len(data)", "lambda _file, data: 0", CACHES),
    ("dossier/store/sync/kept_rows.py", "lambda _file, data: _TIMES * len(data)", "lambda _file, data: 0", CACHES),
    (DOING + ".py", ".values()) >= LARGE", ".values()) >= 10**9", SEPARATE),
    (DOING + ".py", '    if not line.endswith(b"\\n"):\n        raise DossierError', "    if False:\n        raise DossierError", SEPARATE),
    (DOING + "_process.py", "    threading.Thread(target=_end_with_parent, daemon=True).start()\n", "", SEPARATE),
    (DOING + ".py", "            if self._cancelled:\n                process.kill()\n", "", CANCELLED),
    ("dossier/ui/screens/export.py", "            self._aside.close()\n        self._preview_token.cancel()", "            self._aside.close()", CANCELLED),
    ("dossier/ui/screens/export.py", "        self._preview_token.cancel()\n        if form.is_empty:", "        if form.is_empty:", CANCELLED),
    ("dossier/ui/screens/export.py", "        if path is None:\n            self._preview_token = token", "        self._preview_token = token", CANCELLED),
    ("dossier/ui/work/problem_reader.py", "        self._token.cancel()\n", "", CANCELLED),
    (KEEPER, "min(2 * pause, RARELY)", "pause", "tests/desk/test_keeper_retries.py"),
    (KEEPER, "if failure != told:", "if failure:", "tests/desk/test_keeper_retries.py"),
    (KEEPER, "        self._asked.set()\n\n    def _read", "\n    def _read", MADE_AGAIN),
    (KEEPER, "{work: (told, RETRY) for", "{work: (told, _) for", MADE_AGAIN),
    (FOLDER, "                if not _is_still(root, held):\n                    break\n", "", MADE_AGAIN),
    (FOLDER, "            made_again()\n", "", MADE_AGAIN),
    (KEEPER, "len(changed) <= NOTED", "True", "tests/desk/test_keeper_retries.py"),
    ("dossier/ui/panes/timeline.py", "            self.rows.forget()\n", "            pass\n", "tests/ui/test_live.py"),
    ("dossier/ui/work/problem_reader.py", "self._aside.ask(lambda desk: ProblemsCounted(len(problems_of(desk, self._token))), ProblemsFailed)",
     "self._aside._post(ProblemsCounted(len(self._aside._beside().problems())))", "tests/ui/test_problems_list.py"),
    (RUN, "GRACE = 1.5", "GRACE = 600", "tests/terminal/test_comes_back.py"),
)  # fmt: skip
"""File, what is written there, what is written instead, and the test that must fail."""


def notices(copy: Path, file: str, old: str, new: str, test: str) -> bool:
    """Return whether a test fails once a guard is broken; the copy is mended afterwards."""
    path = copy / file
    text = path.read_text("utf-8")
    if text.count(old) != 1:
        raise SystemExit(f"{file}: this stands there {text.count(old)} times: {old!r}")
    path.write_text(text.replace(old, new), "utf-8")
    try:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", test]
        environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False, timeout=900)  # noqa: S603 - our own tests
    finally:
        path.write_text(text, "utf-8")
    return done.returncode == 1


def break_in_copies(guards: Sequence[tuple[str, str, str, str]], jobs: int) -> int:
    """Break some guards, so many at a time, say of each whether a test noticed it, and return how many none did."""
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(jobs) as pool:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(jobs):
            copy = Path(name) / str(number)
            subprocess.run(["git", "clone", "-q", str(ROOT), str(copy)], check=True)  # noqa: S603, S607 - our own tree
            copies.put(copy)

        def broken(guard: tuple[str, str, str, str]) -> bool:
            copy = copies.get()
            try:
                noticed = notices(copy, *guard)
            finally:
                copies.put(copy)
            print("red  " if noticed else "GREEN", guard[0], guard[1].strip().splitlines()[0][:60], flush=True)
            return not noticed

        return sum(pool.map(broken, guards))


def main() -> None:
    """Break those that are wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--jobs", type=int, default=1, metavar="N")
    wanted = parser.parse_args()
    words = wanted.words or [""]
    chosen = [guard for guard in GUARDS if any(word in guard[0] or word in guard[3] for word in words)]
    sys.exit(bool(break_in_copies(chosen, wanted.jobs)))


if __name__ == "__main__":
    main()
