"""Who may import whom. The direction is training → model ← service, and nothing else."""

import ast
import subprocess
import sys

import pytest
from stand_ins import ROOT

OURS = {"model", "training", "service", "nianbao"}
FREE = {"labels": {"model.form"}, "text": set(), "numbers": {"model.text"}, "form": set()}


def imports(path):
    """Modules of ours that a file imports anywhere, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written absolutely"
            found.add(node.module)
    return {name for name in found if name.split(".")[0] in OURS}


def modules(package):
    return sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("path", modules("model"), ids=lambda path: path.stem)
def test_model_imports_neither_training_nor_service(path):
    assert {name.split(".")[0] for name in imports(path)} <= {"model"}


@pytest.mark.parametrize("path", modules("service"), ids=lambda path: path.stem)
def test_service_never_imports_training(path):
    assert {name.split(".")[0] for name in imports(path)} <= {"model", "service"}


@pytest.mark.parametrize("path", modules("training"), ids=lambda path: path.stem)
def test_training_never_imports_service(path):
    assert {name.split(".")[0] for name in imports(path)} <= {"model", "training"}


@pytest.mark.parametrize("name", FREE)
def test_foundations_import_nothing_of_ours(name):
    assert imports(ROOT / "model" / f"{name}.py") <= FREE[name]


@pytest.mark.parametrize("name", ["service.app", "nianbao", "model.report", "model.extract"])
def test_serving_never_imports_torch(name):
    code = f"import sys, {name}; print(*sorted({{'torch', 'transformers'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
