# Two commands for a fresh machine: `make demo` and `make test`. Everything goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 5000
INSTALLED := $(VENV)/.installed

# What is made from documents, what is told in words and what is read from cells asks no database
# for anything that depends on which one it is, so it need not be tried on both.
OF_DOCUMENTS := --ignore tests/browser --ignore tests/formats --ignore tests/public \
	--ignore tests/desk --ignore tests/i18n --ignore tests/timetable/rules \
	--ignore-glob 'tests/workbook/test_[!o]*'

.PHONY: help install demo test lint catalogues bench clean

help:
	@echo "make demo    install, make the sample event, serve it on http://127.0.0.1:$(PORT)"
	@echo "make test    install what the tests need, then lint, types, catalogues and tests"
	@echo "make bench   measure how fast it is"
	@echo "make install install into $(VENV)"

install: $(INSTALLED)

$(INSTALLED): requirements.lock pyproject.toml planner/_build.py $(wildcard translations/*/LC_MESSAGES/*.po)
	@tools/system-packages python
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: install
	@tools/system-packages pdf
	$(BIN)/planner demo --port $(PORT)

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

catalogues: install
	$(BIN)/python tools/catalogues.py check

test: install
	@tools/system-packages pdf chromium postgresql calendars
	@$(MAKE) --no-print-directory lint catalogues
	$(BIN)/pytest -q -n 2 --dist worksteal
	$(BIN)/pytest -q -n 2 --dist worksteal --database postgresql $(OF_DOCUMENTS)

bench: install
	$(BIN)/python tools/bench.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
