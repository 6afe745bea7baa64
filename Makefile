# Two commands need nothing but python3 and make: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test lint types suite nightly bench format clean

help: ## Shows this help
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(VENV)/.installed: pyproject.toml .ci/constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "ingest needs Python 3.11 or later, and $(PYTHON) is older; name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) lacks the venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt --editable '.[dev]'
	@touch $@

demo: $(VENV)/.installed ## Serves the sample resource centre on loopback and ingests it
	@$(BIN)/ingest demo

# The tests leave one of two cores idle now and then: types are checked beside them.
test: lint ## Lints, checks types and runs the tests
	@$(MAKE) --no-print-directory --jobs=2 types suite

lint: $(VENV)/.installed
	@$(BIN)/ruff format --check --quiet . || { echo "run: make format" >&2; exit 1; }
	@$(BIN)/ruff check --quiet .

types: $(VENV)/.installed
	@$(BIN)/mypy --no-error-summary

# Each test process rewrites and compiles all tests; with its bytecode written, only the first time.
suite: export PYTHONDONTWRITEBYTECODE :=
suite: $(VENV)/.installed
	@$(BIN)/pytest -n 3 --dist worksteal --durations=10

nightly: export PYTHONDONTWRITEBYTECODE :=
nightly: $(VENV)/.installed ## Runs the tests that take long, beside those of `make test`
	@$(BIN)/pytest -n 3 --dist worksteal --durations=10 -m nightly

bench: $(VENV)/.installed ## Measures throughput beside Scrapy, and loading beside raw inserts; takes minutes
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt --editable '.[bench]'
	@$(BIN)/python -m tests.benchmarks.speed.throughput
	@$(BIN)/python -m tests.benchmarks.speed.loading

format: $(VENV)/.installed ## Formats the code and mends what ruff can mend
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

clean: ## Removes what the other commands made, but for data/
	rm -rf $(VENV) .mypy_cache .ruff_cache *.egg-info
