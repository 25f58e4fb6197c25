# `make play` and `make test` are all that most people need; both make .venv first.
PYTHON ?= python3
BIN := .venv/bin
FAST := -m "not slow"

.PHONY: play test test-slow load chaos soak fuzz autobahn setup browser lint audit hashes verify clean

play: .venv/installed
	$(BIN)/guesstroke serve

test: .venv/installed-tests
	$(BIN)/pytest $(FAST) --durations=20

test-slow: .venv/installed-tests
	$(BIN)/pytest -m slow --durations=20

# How many rooms one core carries, beside bare fan-outs; a quarter of an hour on a machine with two cores and nothing else to do.
load: .venv/installed-tests
	$(BIN)/python -m tests.load

# People play while everything breaks; ten minutes. Needs PostgreSQL's programs.
chaos: .venv/installed-tests
	$(BIN)/python -m tests.chaos

# A million inputs that are nearly right, for all that takes bytes from outside.
fuzz: .venv/installed-tests
	$(BIN)/python -m tests.fuzz

# Autobahn's WebSocket cases, on both ways of carrying a connection; a minute. The client needs Python 2.7.
autobahn: .venv/installed-tests .venv-autobahn/installed
	$(BIN)/python -m tests.conformance

# Sixty rooms for half an hour, on one server that must be as it was at the end.
soak: .venv/installed-tests
	$(BIN)/python -m tests.chaos.soak

setup: .venv/installed .venv/installed-tests

# Chromium for the browser tests, and a clock that tests can set, from Debian's packages.
browser:
	@{ command -v chromium && ls /usr/lib/*/faketime/libfaketimeMT.so.1; } >/dev/null 2>&1 || { \
	  command -v apt-get >/dev/null || { echo "make browser knows Debian only: install Chromium so that 'chromium' runs."; exit 1; }; \
	  SUDO=$$( [ "$$(id -u)" = 0 ] || echo sudo ); \
	  $$SUDO apt-get update -q && $$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium libfaketime fonts-dejavu-core fonts-noto-color-emoji; }

lint: .venv/installed-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if command -v npx >/dev/null; then npx --yes -p typescript@5.9.3 tsc -p .ci/tsconfig.json; \
	else echo "SKIPPED: the client's types are not checked, for there is no npx here (Node is for lint only)."; fi

# Known vulnerabilities of what constraints.txt pins. It asks pypi.org, so that it is no part of `make test`.
audit: .venv/installed
	@$(BIN)/python -c "import urllib.request as web; web.urlopen('https://pypi.org/pypi/pip/25.0/json', timeout=20)" 2>/dev/null || { \
	  echo "make audit asks pypi.org what is known of each version, and it does not answer that from here: nothing was checked."; exit 1; }
	@test -x .venv/audit/bin/pip-audit || { $(PYTHON) -m venv .venv/audit && \
	  .venv/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1; }
	.venv/audit/bin/pip-audit --strict --requirement constraints.txt --no-deps --disable-pip

# constraints-hashed.txt: the hashes of all archives that are pinned, written when a pin changes, and compared with what the index has now.
hashes: .venv/bin/python
	$(BIN)/python .ci/hashes.py write

verify: .venv/bin/python
	$(BIN)/python .ci/hashes.py verify

.venv/bin/python:
	$(PYTHON) -m venv .venv

# torch first: it is the large one, and the constraint keeps the CPU build where one is at hand.
.venv/installed: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/installed-tests: pyproject.toml constraints.txt .venv/installed | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test,lint]"
	@touch $@

# virtualenv 20.21 is the last one that can make an environment for Python 2.7; it brings a pip that can still talk to the index.
.venv-autobahn/installed: tests/conformance/requirements-python27.txt
	@for python in python2.7 "$$HOME"/.pyenv/versions/2.7*/bin/python2.7; do "$$python" -c "" 2>/dev/null && break; python=; done; \
	test -n "$$python" || { echo "Autobahn's fuzzing client needs Python 2.7: there is none on the PATH or in ~/.pyenv/versions."; exit 1; }; \
	$(PYTHON) -m venv .venv-autobahn/maker && \
	.venv-autobahn/maker/bin/python -m pip install --quiet --disable-pip-version-check virtualenv==20.21.1 && \
	.venv-autobahn/maker/bin/virtualenv --quiet --python "$$python" .venv-autobahn && \
	.venv-autobahn/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

clean:
	rm -rf .venv .venv-autobahn data build dist
