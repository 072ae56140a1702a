"""The house is in order: what ships, what must not be written anywhere, and how long a module may be."""

import ast
import re
from importlib.resources import files
from pathlib import Path

import pytest

import drawdown

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "src").rglob("*.py"))
PROJECT_FILES = [
    path
    for pattern in ("*.md", "*.toml", "*.lock", "Makefile", ".ci/run", "docs/**/*.md", "src/**/*.py", "tests/**/*.py")
    for path in ROOT.glob(pattern)
]


def test_the_package_ships_its_vocabulary_missions_and_base_map():
    package = files("drawdown")
    assert (package / "mission" / "vocabulary" / "sites.csv").is_file()
    assert (package / "basemap" / "outlines.json").is_file()
    assert (package / "missions" / "minusma" / "mission.yaml").is_file()
    assert (package / "missions" / "tiny" / "mission.yaml").is_file()


def test_the_changelog_tells_of_this_version():
    assert f"## {drawdown.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_pins_every_package_by_hash_and_names_no_index(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert packages
    assert all("==" in line and line.endswith("\\") for line in packages)
    assert "://" not in text


def test_both_locks_agree():
    def pins(name):
        return set(re.findall(r"^([\w.-]+==[^ ;]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_no_file_names_a_machine():
    machine = re.compile(r"(?<![\w.])/(?:work|root|home)/\w|file:///opt|\bpypi\.org|files\.pythonhosted")
    named = [path.name for path in PROJECT_FILES if path != Path(__file__) and machine.search(path.read_text("utf-8"))]
    assert named == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_a_module_says_what_it_is(path):
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))


def test_modules_are_as_long_as_a_reader_can_hold():
    texts = [path.read_text(encoding="utf-8") for path in MODULES]
    lengths = sorted(len(text.splitlines()) for text in texts if text and "Generated" not in text[:200])
    assert lengths[len(lengths) // 2] <= 130
    assert lengths[len(lengths) * 9 // 10] <= 350
    assert lengths[-1] <= 600
