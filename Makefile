# make site, make test: each sets up what it needs first, and is quick when nothing changed.
#
# PYTHON=/path/to/python3.13 make site    uses that Python
# PYTEST="-k links" make test             hands options to pytest

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The names that are tried, in this order, until one is new enough. Only a name found that way goes into .venv.
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11 python
PYTEST ?=

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
# When the Python under .venv is gone (removed, or upgraded by the system), the stamps say nothing any more.
BROKEN := $(shell $(PY) -c '' 2>/dev/null || echo FORCE)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-18s%s\n", $$1, $$2}'

site: $(VENV)/.installed ## build the site into public/
	@$(PY) build.py
	@echo
	@echo "The site is in $(CURDIR)/public. To look at it while you write: make serve"

serve: $(VENV)/.installed ## show the site while you write it, and build after every save
	@exec $(PY) build.py serve

setup: $(VENV)/.installed ## make .venv with the project in it

# Where the environment forbids Python to keep what it has compiled, each of a thousand little processes would do it again.
test: export PYTHONDONTWRITEBYTECODE =
test: check ## format, lint, types, then every test
# One process more than two cores: many tests wait for a browser, a server or a build.
	@$(PY) -m pytest -n 3 --dist worksteal $(PYTEST)

check: $(VENV)/.installed-test ## format, lint and types only
	@$(PY) -m ruff format --check --output-format concise --quiet . || { echo "Not formatted as it should be: 'make format' does it."; exit 1; }
	@$(PY) -m ruff check --output-format concise --quiet .
	@$(PY) -m mypy --no-error-summary

format: $(VENV)/.installed-test ## format the code, and repair what the linter can
	@$(PY) -m ruff check --quiet --fix-only .
	@$(PY) -m ruff format --quiet .

golden: $(VENV)/.installed-test ## write the golden output again; read the difference before you commit it
	@$(PY) -m tests.update_golden

bench: $(VENV)/.installed ## measure speed and memory with 10,000 articles (some minutes)
	@$(PY) -m benchmarks.run

clean: ## remove what builds and tests made (not .venv)
	@rm -rf public .cache build *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './$(VENV)/*' -not -path './node_modules/*' -prune -exec rm -rf {} +

distclean: clean ## as clean, and .venv and node_modules too
	@rm -rf $(VENV) node_modules

$(VENV)/.python: $(BROKEN)
	@found=; for name in $(PYTHON); do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$name; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Python 3.11 or newer is needed. None of these is: $(PYTHON)." >&2; \
	  echo "If it is elsewhere: make PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$("$$found" --version) (the first time takes a minute)"; \
	"$$found" -m venv --clear $(VENV) || { \
	  echo "Python's venv module did not work. On Debian and Ubuntu it is a package of its own: apt-get install python3-venv" >&2; \
	  rm -rf $(VENV); exit 1; }
	@touch $@

# setuptools comes first and pinned, so that no build fetches another one beside it.
$(VENV)/.installed: $(VENV)/.python pyproject.toml constraints.txt
	@$(PIP) setuptools
	@$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@echo "Installing what the tests need"
	@$(PIP) --no-build-isolation --editable '.[test]'
	@touch $@

.PHONY: help site serve setup test check format golden bench clean distclean FORCE
