"""Every way out of the program and every way in is known: a new one is led through the guards, or argued for here."""

import ast
from functools import cache
from pathlib import Path

import dossier

ROOT = Path(dossier.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))

WAYS_OUT = {
    "print", "echo", "secho", "confirm", "prompt", "style", "progressbar", "echo_via_pager", "pause", "launch",
    "print_exc", "print_exception", "print_tb", "excepthook", "showwarning", "warn", "getLogger", "basicConfig", "displayhook",
    "notify", "render_str", "from_markup", "from_ansi", "Console", "Segment", "Strip", "Content", "Static", "Label", "Markdown",
    "OptionList", "DataTable", "Input", "TextArea", "ListView", "RichLog", "Log", "Header", "Tooltip", "bell", "log",
    "copy_to_clipboard", "deliver_text", "deliver_screenshot", "open_url", "set_title", "save_screenshot",
}  # fmt: skip
"""Calls by which text leaves: to a terminal, a log, another program."""

CALLS = {
    (
        "ui/screens/export.py",
        "deliver_text",
    ): "an export as a download of the reader's web browser: the file, not the screen",
    ("cli/saying.py", "echo"): "the one way out of the plain commands: cleaned",
    ("cli/saying.py", "confirm"): "the one question: cleaned",
    ("ui/drawing/text.py", "Segment"): "the one door to the screen: cleaned",
    ("ui/drawing/text.py", "Strip"): "made of its segments",
    ("ui/drawing/text.py", "Content"): "cleaned, never markup",
    ("ui/run.py", "print"): "the last line, cleaned in `_tell`; and a sentence without anything from outside",
    ("exchange/bibtex.py", "getLogger"): "keeps a library from writing what it reads",
    ("intake/pages.py", "getLogger"): "keeps a library from writing what it reads",
    ("search/query/suggestions.py", "log"): "the logarithm",
    ("cli/intake.py", "prompt"): "the questions for title and language, without anything from outside",
    ("ui/work/terminal_output.py", "notify"): "wakes the thread that writes what Textual has drawn",
    ("desk/keeper.py", "print"): "the wire between two processes of ours, as JSON",
    ("desk/separate_process.py", "print"): "the wire between two processes of ours, as JSON",
}
IMPORTS = {
    ("ui/web/server.py", "socket"): "`dossier serve` alone: it listens, behind a token, and speaks to nobody else",
    (
        "search/engines/opensearch/client.py",
        "http",
    ): "the search server that the user's configuration names, and no other",
    ("search/engines/opensearch/client.py", "ssl"): "the same, with certificates checked",
    ("search/engines/opensearch/client.py", "socket"): "types of its connection",
    ("search/engines/opensearch/writing_lock.py", "socket"): "the name of this machine",
    ("desk/archive/signing.py", "subprocess"): "ssh-keygen, by a list of arguments, to sign and verify archives",
    ("desk/user/exchanging.py", "ctypes"): "one call of the C library, which exchanges the names of two folders",
    ("desk/watcher.py", "subprocess"): "our own module, by a list of arguments",
    ("desk/separate.py", "subprocess"): "our own module, by a list of arguments",
    ("intake/pages.py", "logging"): "keeps a library from writing what it reads",
    ("intake/isolation.py", "subprocess"): "our own module, by a list of arguments, with little time and memory",
    ("export/docx.py", "subprocess"): "Pandoc, by a list of arguments, for a Word file",
    ("exchange/bibtex.py", "logging"): "keeps a library from writing what it reads",
    ("ui/screens/browse/editing.py", "subprocess"): "the user's editor and web browser, by lists of arguments",
    ("ui/work/copying.py", "subprocess"): "tmux, by a fixed list of arguments; the words go to its standard input",
    (
        "ui/work/memory.py",
        "ctypes",
    ): "two calls of the C library, with numbers of our own, which set and trim its allocator",
    ("store/sync/process_pool.py", "multiprocessing"): "readers of files, begun anew and not forked, over pipes",
}
SET = {"border_title", "border_subtitle", "tooltip", "title", "sub_title", "loading_message"}
"""Attributes by which Textual shows text, read as markup."""
CLIPBOARD = {"clipboard", "paste", "OSC52", "get_clipboard"}
FAR = {"socket", "ssl", "http", "urllib.request", "requests", "httpx", "ftplib", "smtplib", "telnetlib", "webbrowser", "xmlrpc",
       "multiprocessing", "pty", "ctypes", "marshal", "shelve", "dill", "code", "codeop", "pyperclip", "logging", "runpy"}  # fmt: skip
"""Modules by which a program speaks to others, runs what it was given, opens links, or keeps logs."""
ACTING = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "system",
    "popen",
    "execv",
    "execve",
    "execvp",
    "spawnv",
    "startfile",
    "fork",
}


def calls(tree: ast.AST) -> set[str]:
    return {
        getattr(node.func, "id", getattr(node.func, "attr", ""))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }


def imports(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found | {name.partition(".")[0] for name in found}


@cache
def trees():
    return [(module.relative_to(ROOT).as_posix(), ast.parse(module.read_text())) for module in MODULES]


def test_no_text_goes_around_the_doors():
    """A new place at which text leaves is led through `ui/drawing/text.py` or `cli/saying.py`, which make it inert."""
    found = {(name, call) for name, tree in trees() for call in calls(tree) & WAYS_OUT}
    found.discard(("search/engines/whoosh/writer.py", "Segment"))  # of an index
    assert found <= set(CALLS), f"new ways out: {found - set(CALLS)}"
    assert set(CALLS) <= found, f"no longer there: {set(CALLS) - found}"
    print(f"\n  {len(MODULES)} modules, {len(WAYS_OUT)} ways out looked for, {len(CALLS)} in use")


def test_nothing_is_written_to_a_stream_or_a_title_directly():
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                own = isinstance(node.value, ast.Name) and node.value.id == "self"
                plain = name.startswith("intake/") and node.attr == "title"  # of an article
                assert node.attr not in SET or plain or (own and not name.startswith("ui/")), (
                    f"{name}:{node.lineno} sets {node.attr}"
                )
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("write", "writelines")
            ):
                target = ast.unparse(node.func.value)
                assert "sys." not in target, f"{name}:{node.lineno} writes to {target}"
                if target == "driver":
                    assert name == "ui/screens/browse/commands.py"
                    assert ast.unparse(node.args[0]) == "copy.sequence", "only what is copied is written to the driver"
                if target == "os":
                    if name in ("desk/annotate/journal.py", "ui/work/terminal_output.py"):
                        continue  # a file of its own; the lines that Textual has drawn from what was cleaned
                    assert name == "ui/run.py"
                    assert ast.unparse(node.args[1]) == "_MODES_OFF.encode()"


def test_markup_is_nowhere_switched_on():
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "markup":
                assert isinstance(node.value, ast.Constant), name
                assert node.value.value is False, name
        if name.startswith("ui/"):
            assert "Text" not in calls(tree) | {
                one.rpartition(".")[2] for one in imports(tree) if one.startswith("rich")
            }, name


def test_no_link_is_opened_nothing_is_run_and_nobody_is_spoken_to():
    """There is no way to open a link: an address is shown and copied. Were there one, it would have to be argued for here."""
    found = set()
    for name, tree in trees():
        far = (imports(tree) & FAR) | (calls(tree) & {"open_url"})
        assert not far - {one for place, one in IMPORTS if place == name}, f"{name}: {far}"
        found |= {(name, one) for one in far}
        acting = calls(tree) & ACTING - ({"compile"} if "re" in imports(tree) else set())
        assert not acting, f"{name}: {acting}"
        found |= {(name, "subprocess") for one in imports(tree) if one == "subprocess"}
    assert found == set(IMPORTS), found ^ set(IMPORTS)


def test_programs_are_started_by_lists_of_arguments_and_never_by_a_shell():
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "shell":
                raise AssertionError(f"{name} starts a shell")
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("subprocess.run", "subprocess.Popen"):
                assert ast.unparse(node.args[0]) == "command", f"{name}:{node.lineno}"


def test_nothing_is_read_from_the_clipboard():
    """What is there may be a password; and a terminal that is asked for it types it in."""
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                assert node.attr not in CLIPBOARD, f"{name}:{node.lineno}"
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "]52;" in node.value:
                assert "?" not in node.value, f"{name}:{node.lineno} asks for the clipboard"


def test_pickles_are_read_in_one_room_that_lets_only_its_own_classes_in():
    readers = {name for name, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Attribute)
               and ast.unparse(node) in ("pickle.load", "pickle.loads", "pickle.Unpickler")}  # fmt: skip
    assert readers == {"search/engines/whoosh/safe_pickle.py"}, readers
    users = {name for name, tree in trees() if imports(tree) & {"pickle", "cPickle", "copyreg", "_pickle"}}
    assert users <= {"search/engines/whoosh/safe_pickle.py", "search/engines/whoosh/codec.py"}, users
