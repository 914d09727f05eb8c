# The two commands a newcomer needs: make run, make test.
PYTHON ?= python3
ARGS ?=

# Installs what is missing, then goes on inside .venv.
BOOTSTRAP = $(PYTHON) isecg/stack/bootstrap.py
STACK = $(BOOTSTRAP) --for run -- -m isecg.stack
TESTS = $(BOOTSTRAP) --for test -- -m isecg.stack exec -- pytest

.PHONY: help run test check fix bench faults screenshots lock clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

run: ## the portal with everything it needs, until Ctrl-C (PORT=8000 DATA_DIR=.data)
	@$(STACK) run

test: ## every test (ARGS="tests/stack -k port" chooses)
	@$(TESTS) -n 2 --dist loadgroup --no-loadscope-reorder $(ARGS)

check: ## every check; changes nothing, reports everything
	@$(STACK) check

fix: ## repair what can be repaired without thinking: format, imports, generated files
	@$(STACK) fix

bench: ## measure renderings and queries
	@$(TESTS) -n 0 tests/bench $(ARGS)

faults: ## kill, freeze and wipe real processes
	@$(TESTS) -n 0 tests/faults $(ARGS)

screenshots: ## pictures of every page into .screenshots/
	@$(TESTS) -n 0 tests/screenshots $(ARGS)

lock: ## recompile the requirement files from pyproject.toml
	@$(STACK) lock

clean: ## remove caches and compiled files; data and .venv stay
	@find . -path ./.venv -prune -o -path ./.data -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
	@find . -path ./.venv -prune -o -path ./.data -prune -o -name '*.mo' -type f -exec rm -f {} +
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .screenshots .bench
