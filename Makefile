# Berth's front door. `make` lists what there is.

SWIFT ?= swift
PYTHON ?= python3
# A target that imports a sibling it did not declare is an error, not luck.
IMPORT_CHECK := --explicit-target-dependency-import-check error

# Filled by `make demo WORKER=python` and `make bench QUICK=1`.
WORKER ?= swift
QUICK ?=

.DEFAULT_GOAL := help
.PHONY: help setup build demo test test-swift test-conformance bench format check clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what the build needs from the system (SQLite's headers)
	@Scripts/setup

build: setup ## Build everything, warnings as errors
	$(SWIFT) build $(IMPORT_CHECK)

demo: setup ## Watch 25 messages wake a service from zero and everything go back to zero (WORKER=swift|python)
	@Scripts/demo $(WORKER)

test: test-swift test-conformance ## Run every test

test-swift: setup ## Run the Swift tests: core, wire, drivers, architecture
	$(SWIFT) test $(IMPORT_CHECK)

test-conformance: setup .venv/.ready ## Run the black-box tests: boto3 and the AWS CLI against `berth serve`
	$(SWIFT) build $(IMPORT_CHECK)
	.venv/bin/python -m pytest Tests/Conformance

bench: setup Benchmarks/.venv/.ready ## Measure Berth beside its peers and check the goals (QUICK=1: a short look)
	$(SWIFT) build -c release --static-swift-stdlib --product berth
	$(SWIFT) build -c release --package-path Benchmarks/nio-limit
	$(MAKE) --no-print-directory -C Benchmarks/loader
	Benchmarks/.venv/bin/python Benchmarks/run.py $(if $(QUICK),--quick)

format: ## Format all Swift sources in place
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests Examples

check: setup .venv/.ready ## Everything that must hold before a change lands: format, tests, demo
	@Scripts/check

clean: ## Remove what was built; keeps downloaded dependencies
	$(SWIFT) package clean
	$(MAKE) --no-print-directory -C Benchmarks/loader clean

# A virtual environment is ready when it was filled from the requirements as they are now.
.venv/.ready: Tests/Conformance/requirements.txt
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

Benchmarks/.venv/.ready: Benchmarks/requirements.txt
	$(PYTHON) -m venv Benchmarks/.venv
	Benchmarks/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@
