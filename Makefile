# Two environments. .venv holds what serving needs and no torch, so a newcomer's first start is small and quick;
# .venv-dev adds torch and the test tools. Each is made once and again whenever pyproject.toml changes.
PYTHON ?= python3
# Installed first and by itself, so that one torch is settled before the rest. For a build without GPU support from
# another index: make setup TORCH="torch==2.13.0 --index-url URL"
TORCH ?= torch==2.13.0
MINUTES ?= 4
REPORTS ?= 10000
INPUT ?= service/example.txt
HOST ?= 127.0.0.1
PORT ?= 8000
BUILD := build/small
SERVE := .venv/.installed
DEV := .venv-dev/.installed

.DEFAULT_GOAL := help
.PHONY: help setup extract serve test lint train evaluate bench soak growth converters

help: ## Print this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

setup: $(SERVE) $(DEV) ## Make both virtual environments

extract: $(SERVE) ## Read a report, or a folder of them, on the shipped weights (INPUT=, OUTPUT=)
	@.venv/bin/nianbao extract $(INPUT) $(if $(OUTPUT),--output $(OUTPUT))

serve: $(SERVE) ## Serve the shipped weights at 127.0.0.1:8000 (HOST=, PORT=)
	.venv/bin/nianbao serve --host $(HOST) --port $(PORT)

test: $(DEV) ## Run the tests
	.venv-dev/bin/python -m pytest -m "not slow"

lint: $(DEV) ## Check the style of the code
	.venv-dev/bin/ruff check .

train: $(DEV) ## Train a small model from annotations/ (MINUTES=4), export and score it
	.venv-dev/bin/nianbao train annotations/train --output $(BUILD)/checkpoint --minutes $(MINUTES)
	.venv-dev/bin/nianbao export $(BUILD)/checkpoint --output $(BUILD)/weights
	.venv-dev/bin/nianbao evaluate --weights $(BUILD)/weights

evaluate: $(DEV) ## Score the shipped weights on annotations/test (WEIGHTS=, GOLD=)
	.venv-dev/bin/nianbao evaluate $(if $(WEIGHTS),--weights $(WEIGHTS)) $(if $(GOLD),--gold $(GOLD))

bench: $(DEV) ## Time the shipped weights beside what else could be run
	.venv-dev/bin/nianbao bench

soak: $(DEV) ## Read 10,000 reports through the service, with bad input and kills (REPORTS=)
	PYTHONPATH=. .venv-dev/bin/python tests/soak.py --reports $(REPORTS)

growth: $(DEV) ## Show how time grows with the length of hard texts
	PYTHONPATH=. .venv-dev/bin/python tests/growth.py

converters: $(DEV) ## Read pages that common converters turned into text
	.venv-dev/bin/python -m pip install --quiet --editable '.[converters]'
	PYTHONPATH=. .venv-dev/bin/python tests/converters.py

$(SERVE): pyproject.toml
	@echo "setting up .venv" >&2  # standard output is for the report
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --editable .
	@touch $@

$(DEV): pyproject.toml
	$(PYTHON) -m venv .venv-dev
	.venv-dev/bin/python -m pip install --quiet $(TORCH)
	.venv-dev/bin/python -m pip install --quiet --editable '.[train,dev]'
	touch $@
