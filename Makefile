# make run     the demonstration on http://127.0.0.1:8000/, with sample data
# make test    everything CI runs: lint, types, migrations, the tests on SQLite and PostgreSQL, the browser tests
# make bench   page times beside a bare page's, memory, start time
# make soak    the contention tests and random walks at full length
# make format  lay out the code as `make test` wants it
# make lock    compile requirements*.txt from pyproject.toml; `make lock UPGRADE=--upgrade` takes newer versions

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
OFSTED_TODAY ?= 2017-06-27

# Any package client may be set up with addresses of its own; none may reach a lock file.
COMPILE = env -u PIP_FIND_LINKS -u PIP_INDEX_URL -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null \
	CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/pip-compile --quiet $(UPGRADE)
GROUP = import sys, tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"][sys.argv[1]], sep="\n")

INSTALL = .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes
NPM = $(shell command -v npm)
DEMO = DEMO=1 DEBUG=0 HOST="$(HOST)" OFSTED_TODAY="$(OFSTED_TODAY)" SECRET_KEY="$$(cat .demo/secret-key)"

help:
	@sed -n 's/^# make/make/p' Makefile

run: .venv/run.stamp node_modules/stamp .demo/secret-key
	@.venv/bin/python -c 'import socket; socket.create_server(("$(HOST)", $(PORT))).close()' 2>/dev/null || { \
		echo "Port $(PORT) of $(HOST) is in use by another program. Choose another one: make run PORT=8001"; exit 1; }
	@$(DEMO) .venv/bin/python manage.py migrate --verbosity 0
	@$(DEMO) .venv/bin/python manage.py load_reference
	@$(DEMO) .venv/bin/python manage.py load_sample --freeze
	@$(DEMO) .venv/bin/python manage.py draw_charts
	@$(DEMO) .venv/bin/python manage.py collectstatic --no-input --verbosity 0
	@$(DEMO) .venv/bin/python manage.py demo_accounts --address http://$(HOST):$(PORT)/
	@$(DEMO) .venv/bin/gunicorn havering_ofsted.wsgi --bind $(HOST):$(PORT) --workers 2 --threads 4 \
		--no-control-socket --log-level warning

test: .venv/test.stamp node_modules/stamp
	@.venv/bin/python -m tests.run

bench: .venv/test.stamp node_modules/stamp
	@.venv/bin/python -m tests.bench

soak: .venv/test.stamp node_modules/stamp
	@SOAK=1 .venv/bin/python -m pytest -m soak
	@SOAK=1 .venv/bin/python -W ignore:XDG_RUNTIME_DIR -m tests.postgres .venv/bin/python -m pytest -m soak

format: .venv/test.stamp
	@.venv/bin/ruff check --fix
	@.venv/bin/ruff format

lock: .venv/test.stamp
	$(COMPILE) --output-file requirements.txt pyproject.toml
	@for group in dev node; do .venv/bin/python -c '$(GROUP)' $$group | \
		$(COMPILE) --constraint requirements.txt --output-file requirements-$$group.txt - || exit 1; done
	@sed -i.old 's/-r -$$/pyproject.toml/; s/havering-ofsted (pyproject.toml)/pyproject.toml/' requirements*.txt
	@rm requirements*.txt.old

# The stamps make a second run quick: a step is done again only when the file it reads has changed.

.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or later is needed. Name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: requirements.txt | .venv/made.stamp
	@echo "Installing the locked Python packages"
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/test.stamp: requirements-dev.txt .venv/run.stamp
	@echo "Installing the locked packages of the tests"
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

# A machine without npm gets one inside the virtual environment.
.venv/npm.stamp: requirements-node.txt | .venv/made.stamp
ifeq ($(NPM),)
	@echo "Installing npm into .venv"
	@$(INSTALL) -r requirements-node.txt
endif
	@touch $@

node_modules/stamp: package.json package-lock.json .venv/npm.stamp
	@echo "Installing the front-end assets"
	@PATH="$$PATH:$(CURDIR)/.venv/bin" npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.demo/secret-key:
	@mkdir -p -m 700 .demo
	@umask 077; $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@

.PHONY: help run test bench soak format lock
.DELETE_ON_ERROR:
