"""No class is too large to be understood, counted with everything that it inherits from classes of ours."""

import functools
import importlib
import inspect
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST = 40
"""Methods and properties of a class, each name once."""


def classes() -> list[type]:
    found = set()
    for path in sorted((ROOT / "dossier").rglob("*.py")):
        if path.name == "__main__.py":
            continue
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        module = importlib.import_module(name.removesuffix(".__init__"))
        found |= {
            item for item in vars(module).values() if inspect.isclass(item) and item.__module__ == module.__name__
        }
    return sorted(found, key=lambda cls: (cls.__module__, cls.__name__))


def methods(cls: type) -> set[str]:
    kinds = (property, classmethod, staticmethod, functools.cached_property)
    ours = [base for base in cls.__mro__ if base.__module__.startswith("dossier.")]
    return {
        name
        for base in ours
        for name, item in vars(base).items()
        if inspect.isfunction(item) or isinstance(item, kinds)
    }


def test_no_class_has_too_many_methods_with_all_that_it_inherits():
    large = {cls.__name__: count for cls in classes() if (count := len(methods(cls))) > MOST}
    assert not large, f"give what is new a class of its own: {large}"
