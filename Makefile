# `make play` and `make test` are all that most people need; both make .venv first.
PYTHON ?= python3
BIN := .venv/bin
FAST := -m "not slow"

.PHONY: play test test-slow load setup browser lint clean

play: .venv/installed
	$(BIN)/guesstroke serve

test: .venv/installed-tests
	$(BIN)/pytest $(FAST)

test-slow: .venv/installed-tests
	$(BIN)/pytest -m slow

# How many rooms one core carries, beside bare fan-outs; a quarter of an hour on a machine with two cores and nothing else to do.
load: .venv/installed-tests
	$(BIN)/python -m tests.load

setup: .venv/installed .venv/installed-tests

# Chromium for the browser tests, from Debian's packages.
browser:
	@command -v chromium >/dev/null || { \
	  command -v apt-get >/dev/null || { echo "make browser knows Debian only: install Chromium so that 'chromium' runs."; exit 1; }; \
	  SUDO=$$( [ "$$(id -u)" = 0 ] || echo sudo ); \
	  $$SUDO apt-get update -q && $$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium fonts-dejavu-core fonts-noto-color-emoji; }

lint: .venv/installed-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if command -v npx >/dev/null; then npx --yes -p typescript@5.9.3 tsc -p .ci/tsconfig.json; \
	else echo "SKIPPED: the client's types are not checked, for there is no npx here (Node is for lint only)."; fi

.venv/bin/python:
	$(PYTHON) -m venv .venv

# torch first: it is the large one, and the constraint keeps the CPU build where one is at hand.
.venv/installed: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/installed-tests: pyproject.toml constraints.txt .venv/installed | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test,lint]"
	@touch $@

clean:
	rm -rf .venv data build dist
