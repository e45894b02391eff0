# `make check` runs what CI runs; the other targets are its parts.
.PHONY: check test lint format types pages

PY ?= .venv/bin/python

check:
	bash .ci/run

test:
	$(PY) -m pytest -q

lint:
	.venv/bin/ruff check .
	.venv/bin/lint-imports

format:
	.venv/bin/ruff format .
	.venv/bin/ruff check --select I --fix .

types:
	.venv/bin/mypy

pages:
	$(PY) -m tools.pages
