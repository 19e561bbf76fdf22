# What you can do here. Everything needs only Python 3.11 or newer (and make).
PYTHON ?= $(or $(shell for v in 3.13 3.12 3.11 3.14 3; do \
	python$$v -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo python$$v && break; done),python3)
BOOTSTRAP = $(PYTHON) helpdesk/launcher/bootstrap.py
RUN = $(BOOTSTRAP) run
DEV = $(BOOTSTRAP) dev
ARGS ?=
UV ?= uv

.PHONY: help run engines env manage test check style types lint messages screenshots bench faults lock clean reset
.DEFAULT_GOAL := help

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r a b; do printf '%-20s %s\n' "$$a" "$$b"; done

run: ## start everything on this machine (Ctrl-C stops it)
	@$(RUN) -m helpdesk.launcher $(ARGS)

engines: ## start only PostgreSQL and Valkey
	@$(RUN) -m helpdesk.launcher --only engines

env: ## print the environment of what runs, for: eval "$$(make -s env)"
	@$(RUN) -m helpdesk.launcher --env

manage: ## a Django command beside what runs: make manage ARGS="shell"
	@$(RUN) -m helpdesk.launcher --manage $(ARGS)

test: ## all tests, with engines of their own: make test ARGS="tests/inbox -x"
	@$(DEV) -m pytest $(ARGS)

check: ## everything that must hold before a commit, by named steps
	@$(DEV) -m tests.check $(ARGS)

style: ## put the source into shape
	@$(DEV) -m ruff check --fix . && $(DEV) -m ruff format .

types: ## mypy
	@$(DEV) -m tests.check types

lint: ## style and contracts without changing anything
	@$(DEV) -m tests.check style contracts

messages: ## collect texts to translate into locale/ (needs GNU gettext)
	@$(DEV) -m tests.check --write messages

screenshots: ## pictures of the pages
	@$(DEV) -m tests.screenshots $(ARGS)

bench: ## benchmarks
	@$(DEV) -m bench $(ARGS)

faults: ## kill processes under load and count what is lost
	@FAULTS_REPEATS=$(or $(FAULTS_REPEATS),20) $(DEV) -m pytest tests/faults $(ARGS)

lock: ## write requirements/*.txt anew (needs uv)
	@$(PYTHON) requirements/lock.py $(UV)

clean: ## remove what can be made again, but no data
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

reset: ## remove the data of make run (it asks first)
	@$(RUN) -m helpdesk.launcher --reset
