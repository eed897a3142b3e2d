# make publish   plans/ → datapackages/ → checks → release → site/
# make test      linters, types and tests, with all their set-up; of what is long (fuzzing, kills) a small seeded part
# make prove     the same tests with all that is long in them, then mutants and fuzz; goes on where it was stopped; SEED=7 draws otherwise
# make mutants   small changes of the code that publishes and checks: a test should notice each (tests/mutants)
# make fuzz      inputs of every parser looked for by what they reach in its code (tests/fuzz)
# make audit     licences and reasons of the libraries, vendored files, known vulnerabilities (asks osv.dev; says so where it can't)
# make compare   what the code now makes of the plans, beside the datapackages/ in git; which rules decided
# make benchmark one table of speed and memory beside eyecite, Great Expectations bare, pandas, DuckDB, bare Material; PLANS=100 for a smaller corpus than 1,000
# make lock      renew requirements.lock from pyproject.toml
SHELL  := /bin/bash
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help publish test prove mutants fuzz audit compare benchmark lint lock programs clean

help:
	@sed -n 's/^# make/make/p' Makefile

publish: $(READY)
	@$(BIN)/khplans publish

# The long files go first (tests/conftest.py), so that no worker is left with one at the end;
# three on two cores, because a third of the time a test waits for a process or a page.
PYTEST := $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

test: $(READY) programs
	@$(MAKE) --no-print-directory --jobs 2 lint tests

.PHONY: tests
tests: compare
	@$(PYTEST)

prove: $(READY) programs
	@KHPLANS_PROVE=1 KHPLANS_SEED=$(SEED) $(PYTEST) $(if $(SEED),--hypothesis-seed=$(SEED))
	@$(MAKE) --no-print-directory mutants fuzz

# Their tools are no part of the environment: each has a locked file of its own.
mutants: $(READY)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r tests/mutants/requirements.lock
	@$(BIN)/python tests/mutants/mutants.py

fuzz: $(READY)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r tests/fuzz/requirements.lock
	@$(BIN)/python -W ignore tests/fuzz/guided.py all 1000000

audit: $(READY)
	@$(BIN)/python -m pytest -n 0 tests/packaging/test_dependencies.py tests/packaging/test_lock.py tests/site/test_vendored.py
	@$(BIN)/python tests/support/vulnerabilities.py

compare: $(READY)
	@$(BIN)/khplans build --to .khplans/compare
	@$(BIN)/khplans compare datapackages .khplans/compare
	@$(BIN)/python tests/support/rule_counts.py

benchmark: $(READY) programs
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/requirements.lock
	@$(BIN)/python -W ignore -m benchmarks $(PLANS)

lint: $(READY)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo "chạy / run: $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/python -m khplans.knowledge

# Nothing is installed that the lock doesn't name with its hash: the build backend is in it too.
# jsonpath-rw, which mlcroissant needs, is published as source only.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "cần Python 3.11 trở lên / Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Chuẩn bị môi trường trong $(VENV) (một lần, vài phút) / setting up $(VENV) (once, some minutes)"
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV) || \
	  { echo "cần mô-đun venv / the module venv is needed (Debian: apt-get install python3-venv)"; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --only-binary :all: --no-binary jsonpath-rw \
	  --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

lock: $(READY)
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate --upgrade --quiet -o requirements.lock

# The tests drive Debian's chromium (the site), LibreOffice (.doc, .odt, .rtf, and CSV as Excel opens it)
# and Tesseract's models (scans); what they print is set in a typeface with Vietnamese letters.
programs:
	@missing=; command -v chromium-headless-shell >/dev/null || missing="chromium-headless-shell"; \
	office=$$(readlink -f "$$(command -v soffice)" 2>/dev/null); \
	test -n "$$office" || missing="$$missing libreoffice-writer-nogui"; \
	test -e "$$(dirname "$$office")/libsclo.so" || missing="$$missing libreoffice-calc-nogui"; \
	test -e /usr/share/fonts/truetype/liberation2 || missing="$$missing fonts-liberation2"; \
	ls /usr/share/tesseract-ocr/*/tessdata/vie.traineddata >/dev/null 2>&1 || missing="$$missing tesseract-ocr tesseract-ocr-vie"; \
	if [ -z "$$missing" ]; then exit 0; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Cài cho các kiểm thử / installing for the tests: $$missing"; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else \
	  echo "Thiếu chương trình mà các kiểm thử cần / programs that the tests need are missing:"; \
	  echo "  sudo apt-get install $$missing"; \
	  exit 1; \
	fi

clean:
	@rm -rf $(VENV) site build dist .khplans .mypy_cache .pytest_cache .ruff_cache .hypothesis
