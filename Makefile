# Two commands set everything up: `make demo` and `make test`. The rest is for daily work.
# Needs: python3 (3.11 to 3.13) with its venv module, and the network once, for the first installation.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO := reports/out/demo/report.html
NIGHTS := reports/out/demo/examples/nights

.DEFAULT_GOAL := help
.PHONY: help demo test lint help-pages pictures clean

help:  ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null || grep '##' $(MAKEFILE_LIST)

demo: $(STAMP)  ## check the sample articles, run a night over them, write the reports and the catalogue
	@$(BIN)/sanctions check examples/articles --html $(DEMO) --catalogue catalogue
	@$(BIN)/sanctions rules catalogue $(dir $(DEMO))catalogue
	@cp -R examples $(dir $(DEMO))
	@$(BIN)/sanctions night --config $(NIGHTS)/sanctions.toml
	@echo
	@echo "The report:    $(CURDIR)/$(DEMO)"
	@echo "The night:     $(CURDIR)/$(NIGHTS)/reports/index.html"
	@echo "The catalogue: $(CURDIR)/$(dir $(DEMO))catalogue/index.html"

test: $(STAMP)  ## run all tests
	@$(BIN)/python -m pytest -n auto --dist worksteal -q

# What falls due by the calendar alone (reviews, renewals) is for the desk to look up, and must not fail a change made on that day.
lint: $(STAMP)  ## ruff, mypy, the layering of the rooms, and the linter of rules
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/sanctions rules fmt --check
	@$(BIN)/sanctions rules lint --fail-on warning --ignore R104,R113

help-pages: $(STAMP)  ## write the reference pages that come from the program: commands, rule language, lint codes
	@$(BIN)/python docs/reference/write_help.py
	@$(BIN)/python docs/reference/write_language.py

pictures: $(STAMP)  ## take the pictures of the README anew, with chromium
	@$(BIN)/python docs/pictures/take.py

clean:  ## remove what runs and builds have written
	rm -rf reports/out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# Installed once; again when the list of dependencies changes. Nothing else needs the network.
$(STAMP): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
