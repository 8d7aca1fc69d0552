# Concerted: the two commands to know are `make run` and `make test`.
PYTHON ?= python3
PORT ?= 8000
LAN ?=
V := .venv/bin
DEMO_HOME := $(CURDIR)/var/demo

.PHONY: help install install-run run test check fix bench attack docs screenshots messages lock clean

help:
	@echo "make run      the demonstration response on SQLite (LAN=1: HTTPS for phones on your network)"
	@echo "make test     every test this machine can run; says what it left out"
	@echo "make check    style, types, floors    make fix      what can be put right by itself"
	@echo "make attack   kills and hostile input  make bench    speed, written to bench/RESULTS.md"
	@echo "make docs     screenshots and checks of the documentation"

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Concerted needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv is missing. Run:  sudo apt-get install -y python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python requirements/run.txt pyproject.toml
	$(V)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(V)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(V)/python tools/compile_messages.py
	@touch $@

.venv/.dev: .venv/.run requirements/dev.txt
	$(V)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

install-run: .venv/.run
install: .venv/.dev
	$(V)/python tools/compile_messages.py

run: install-run
	@$(V)/python tools/compile_messages.py
	@CONCERTED_HOME=$(DEMO_HOME) CONCERTED_DEMO=1 $(V)/concerted demo --no-serve --as-it-is
	@CONCERTED_HOME=$(DEMO_HOME) CONCERTED_DEMO=1 $(V)/concerted serve --port $(PORT) $(if $(LAN),--lan)

test: install
	$(V)/python tools/run_tests.py

check: install
	$(V)/ruff check .
	$(V)/ruff format --check .
	$(V)/lint-imports
	$(V)/mypy
	$(V)/deptry src
	$(V)/djlint src --lint --quiet

fix: install
	$(V)/ruff check --fix .
	$(V)/ruff format .

attack: install
	ATTACK=$${ATTACK:-long} $(V)/pytest tests/attack -m attack

bench: install
	$(V)/python bench/run.py

docs: install
	$(V)/pytest tests/docs

screenshots: install
	$(V)/python tools/screenshots.py

messages: install
	$(V)/python tools/extract_messages.py

lock:
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements/run.txt
	uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements/dev.txt

clean:
	rm -rf .venv var
