# Each target makes what it needs in an environment of its own (.venv) and leaves a stamp there,
# so that a second run starts at once. Only relative paths: the project may stand in any folder.

PYTHON ?= python3.13 python3.12 python3.11 python3 python
VENV ?= .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python

.DEFAULT_GOAL := help
.PHONY: help brief test slow lint format types notebooks audit docs site speed all clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

brief: $(VENV)/.package  ## Write brief.md and brief.html, and print the Nordic brief
	@$(BIN)/nordbench brief

test: $(VENV)/.test  ## Run the everyday tests, on all cores (TESTS=folders for some of them)
	@$(RUN) -m pytest -n auto -m "not slow" $(TESTS)

slow: $(VENV)/.test  ## Run the tests that take longer: browser, planted errors, kills, long draws
	@$(RUN) -m pytest -n auto -m slow

lint: $(VENV)/.lint  ## Check style and layout of the code
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .

format: $(VENV)/.lint  ## Lay out the code and mend what can be mended by itself
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .

types: $(VENV)/.lint  ## Check the types, strictly
	@$(RUN) -m mypy

notebooks: $(VENV)/.test  ## Run the notebooks from the first cell to the last
	@$(RUN) -m pytest --nbmake notebooks

audit: $(VENV)/.package  ## Check every figure (DOCUMENTS=folder looks them up in their documents)
	@$(BIN)/nordbench audit $(if $(DOCUMENTS),--documents "$(DOCUMENTS)")

site: $(VENV)/.docs  ## Build the documentation site in docs/_build
	@$(BIN)/nordbench catalogue --folder docs/catalogue --drawings
	@$(RUN) docs/gallery.py
	@$(RUN) -m sphinx -W --keep-going -q -b html docs docs/_build

docs: $(VENV)/.package  ## Write the generated pages in docs/
	@$(RUN) -m sources.stamp
	@$(RUN) -m comparisons.cli.examples
	@$(BIN)/nordbench rules --format markdown --output docs/rules.md

speed: $(VENV)/.package  ## Measure how long it takes to start
	@$(RUN) benchmarks/startup.py

all: test slow lint types notebooks audit docs site  ## All the checks

clean:  ## Remove the environment, the caches and the brief
	rm -rf $(VENV) .venv-* docs/_build docs/made docs/catalogue build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis brief.md brief.html
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	@chosen=; new=; \
	for candidate in $(PYTHON); do \
	  "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  new=$$candidate; \
	  "$$candidate" -c 'import ensurepip, venv' 2>/dev/null && { chosen=$$candidate; break; }; \
	done; \
	if [ -z "$$new" ]; then \
	  echo "nordbench needs Python 3.11 or newer; none of these runs and is new enough: $(PYTHON)." >&2; \
	  echo "Install one, or name yours: make PYTHON=path/to/python" >&2; exit 1; fi; \
	if [ -z "$$chosen" ]; then \
	  echo "$$new has no venv module. On Debian and Ubuntu: apt install python3-venv" >&2; \
	  echo "README.md has the lines that do without it (uv)." >&2; exit 1; fi; \
	echo "Making $(VENV) with $$("$$chosen" --version)"; \
	"$$chosen" -m venv --clear $(VENV)
	@touch $@

$(VENV)/.package: pyproject.toml | $(VENV)/.made
	@echo "Installing nordbench and the packages it needs into $(VENV) (about a minute)"
	@$(RUN) -m pip install --quiet --editable .
	@touch $@

$(VENV)/.test: pyproject.toml $(VENV)/.package
	@echo "Installing what the tests need"
	@$(RUN) -m pip install --quiet --editable ".[test]"
	@touch $@

$(VENV)/.docs: pyproject.toml $(VENV)/.package
	@echo "Installing what the site needs"
	@$(RUN) -m pip install --quiet --editable ".[docs]"
	@touch $@

$(VENV)/.lint: pyproject.toml $(VENV)/.package
	@echo "Installing what the checks need"
	@$(RUN) -m pip install --quiet --editable ".[lint]"
	@touch $@
