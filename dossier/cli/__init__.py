"""Layer 3: the command `dossier`. Each `click` command in a module of this package is one of its commands.

The modules import click alone until a command is run.
"""

import atexit
import gc
import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from dossier import __version__
from dossier.cli.opening import FOLDER, engine_option
from dossier.cli.saying import clear_progress, inert, tell
from dossier.model.clean import clean_line
from dossier.model.problems import DossierError


class Commands(click.Group):
    """The commands; without one, `browse`. What a user can mend is told in one sentence, with exit status 2."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take a folder with a dossier where a command is expected for `browse FOLDER`."""
        if self.get_command(ctx, args[0]) is None and Path(args[0], "dossier.yaml").is_file():
            args = ["browse", *args]
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except DossierError as error:
            tell(clean_line(f"dossier: {error}"))
            ctx.exit(2)
        except click.ClickException as error:
            raise inert(error) from None
        except (click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if isinstance(error, BrokenPipeError):
                raise
            from dossier.desk.user.crash_log import log_failure  # noqa: PLC0415  needed only after a failure

            tell(f"dossier: this broke off ({type(error).__name__}). {log_failure(error)}")
            ctx.exit(1)
        finally:
            clear_progress()


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="dossier %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Read, search, weigh and hand over a dossier of annotated articles.

    Without a command, open the browser. Without a path, the dossier is the nearest folder upwards with a dossier.yaml,
    else the one in ./seeds/. Where there is none, `dossier` alone shows the one that comes with the program.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(browse)


@main.command()
@click.argument("path", type=FOLDER, required=False)
@engine_option
def browse(path: Path | None, engine: str | None) -> None:
    """Open the browser."""
    from dossier.ui.run import browse as run  # noqa: PLC0415  Textual is imported here and nowhere else

    bare = click.get_current_context().find_root().invoked_subcommand is None
    sys.exit(run(path, engine or "", example=bare))


def _commands() -> Iterator[click.Command]:
    """The commands written in the modules of this package, without those that belong to a group below `dossier`."""
    found: list[click.Command] = []
    for info in pkgutil.iter_modules(__path__, f"{__name__}."):
        found += [value for value in vars(import_module(info.name)).values() if isinstance(value, click.Command)]
    below = {id(part) for group in found if isinstance(group, click.Group) for part in group.commands.values()}
    return (command for command in found if id(command) not in below)


atexit.register(gc.freeze)  # else Python looks through all objects for garbage at the end, a tenth of a command's time

for _command in _commands():
    main.add_command(_command)
