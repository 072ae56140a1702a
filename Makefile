# What a checkout can do. Needs Python 3.11 or later, pip, make and a package index; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
OUT := out

# Stamps say what the environment already holds: `run` is Drawdown with its report, `dev` adds the tools.
RUN := $(VENV)/run.stamp
DEV := $(VENV)/dev.stamp

.PHONY: help demo test lint types layers format generate bench lock wheel clean

help:  ## List what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Drawdown needs Python 3.11 or later; try: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(RUN): requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	$(PIP) -r requirements-dev.lock
	@touch $@

demo: $(RUN)  ## Check, plan, verify, stress and show the MINUSMA mission; ends with ten lines for a planner
	@mkdir -p $(OUT)
	@echo "== drawdown check minusma (all of it: $(OUT)/check.txt)"
	@$(BIN)/drawdown check minusma > $(OUT)/check.txt || { cat $(OUT)/check.txt; exit 2; }
	@sed -n '1,5p;$$p' $(OUT)/check.txt
	@echo "== drawdown plan minusma --time-limit 15"
	@$(BIN)/drawdown plan minusma --time-limit 15 --out $(OUT)/minusma --replace > $(OUT)/plan.txt || { cat $(OUT)/plan.txt; exit 1; }
	@echo "== drawdown verify $(OUT)/minusma"
	@$(BIN)/drawdown verify $(OUT)/minusma
	@echo "== drawdown stress $(OUT)/minusma (the first time it compiles itself: about a minute)"
	@$(BIN)/drawdown stress $(OUT)/minusma --no-drivers --out $(OUT)/stress --replace
	@echo "== drawdown report $(OUT)/minusma"
	@$(BIN)/drawdown report $(OUT)/minusma

test: $(DEV)  ## Run the whole test suite
	@$(BIN)/python -m pytest -n 2 -q

lint: $(DEV)  ## Find faults of style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(DEV)  ## Lay the code out
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

types: $(DEV)  ## Check the types
	@$(BIN)/mypy

layers: $(DEV)  ## Check that every floor uses only the floors below it
	@$(BIN)/lint-imports

generate: $(RUN)  ## Write everything that comes from the vocabulary, the rules and the model
	@$(BIN)/python -m drawdown.mission.generate
	@$(BIN)/python -m drawdown.plan.reference
	@$(BIN)/python -m drawdown.planner.relaxation.reference

bench: $(RUN)  ## Measure what takes seconds; `make bench NAMES=plan INSTANCES=folder` measures the planner
	@PYTHONPATH=tests $(BIN)/drawdown bench $(NAMES) $(if $(INSTANCES),--instances $(INSTANCES))

wheel: $(DEV)  ## Build the wheel into dist/
	@rm -rf dist
	@$(BIN)/python -m hatchling build -t wheel

# The lock names versions and hashes but no index, so that it holds wherever packages come from.
UV := $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --generate-hashes --no-header --no-annotate --python-version 3.11
lock: $(RUN)  ## Choose newer versions of everything that is installed
	@$(PIP) uv
	@$(UV) --upgrade pyproject.toml --extra report --extra solver --extra stress --extra store --extra cluster --extra team --extra dev --output-file requirements-dev.lock
	@echo hatchling | $(UV) pyproject.toml - --extra report --extra solver --extra stress --constraint requirements-dev.lock --output-file requirements.lock

clean:  ## Remove everything that was made
	rm -rf $(VENV) $(OUT) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
