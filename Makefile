# Every target sets up what it needs, from Python and make alone.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
CORPUS ?=

.PHONY: help demo test integration lint eval bench docs clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(READY): pyproject.toml
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

demo: $(READY) ## scan the example shop: findings, flow and summary
	@$(BIN)/logguard scan --exit-zero examples/shop

test: $(READY) ## unit, property and end-to-end tests; loopback only
	@$(BIN)/python -m pytest -q -n auto -m "not integration" --cov --cov-report=term

integration: $(READY) ## what needs more than the package index and loopback
	@$(BIN)/python -m tests.integration.run

lint: $(READY) ## style, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m docs.generate --check

eval: $(READY) ## score against a corpus folder: make eval CORPUS=DIR
	@$(BIN)/python -m evaluation.run $(if $(CORPUS),--corpus $(CORPUS))
	@$(if $(CORPUS),$(BIN)/python -m evaluation.vectors --corpus $(CORPUS))

bench: $(READY) ## time scan, guard and scrub against other tools, as ratios
	@$(BIN)/python -m benchmarks.scan
	@$(BIN)/python -m benchmarks.program
	@$(BIN)/python -m benchmarks.guard
	@$(BIN)/python -m benchmarks.scrub

docs: $(READY) ## regenerate the generated pages
	@$(BIN)/python -m docs.generate

clean: ## remove everything that was set up
	rm -rf $(VENV) .cache build dist *.egg-info
