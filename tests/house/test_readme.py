"""The README tells the truth: its commands, its map and its glossary match the house."""

from __future__ import annotations

import re
import unicodedata

import pytest

from tests.house.reading import CONCEPTS, ROOT, cure

COMMANDS = ("bin/run", "bin/test")
PAIRS = {
    "làng nghề": "craft village",
    "chủ thể": "producer",
    "điểm bán": "sales point",
    "quyết định công nhận": "recognition decision",
    "giữ hàng": "hold",
}
FENCE = re.compile(r"^```.*?$(.*?)^```", re.MULTILINE | re.DOTALL)
TICKED = re.compile(r"`([^`\n]+)`")
LINKED = re.compile(r"\]\(([^)#\s:]+)(?:#[^)]*)?\)")
A_PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]*)+|[\w-]+\.(?:py|md|toml|txt|lock|in|cfg)|LICENSE")
BRANCH = re.compile(r"^[\s│├└─]*")


def readme() -> str:
    file = ROOT / "README.md"
    assert file.exists(), "Write README.md: what it is, the two commands, ## Map, ## Glossary, demo logins"
    return unicodedata.normalize("NFC", file.read_text())


def section(title: str) -> str:
    """What stands under `## title`, up to the next heading of its rank."""
    found = re.search(rf"^## {title}\s*$(.*?)(?=^## |\Z)", readme(), re.MULTILINE | re.DOTALL)
    assert found, f"README.md has no section '## {title}'"
    return found[1]


def paths(text: str) -> list[str]:
    """The paths a section names: in `ticks`, in links, and down the branches of a tree."""
    loose = FENCE.sub("", text)
    found = [name for name in (*TICKED.findall(loose), *LINKED.findall(loose)) if A_PATH.fullmatch(name)]
    for drawn in FENCE.findall(text):
        found += tree_paths(drawn)
    return found


def tree_paths(drawn: str) -> list[str]:
    """Each line's first word, below the folder it is indented under."""
    found, above = [], [(-1, "")]
    for line in drawn.splitlines():
        depth, words = len(BRANCH.match(line)[0]), BRANCH.sub("", line).split()  # type: ignore[index]
        if not words or not A_PATH.fullmatch(words[0]):
            continue
        while above[-1][0] >= depth:
            above.pop()
        path = f"{above[-1][1]}{words[0]}"
        found.append(path)
        if path.endswith("/"):
            above.append((depth, path))
    return found


def is_there(path: str) -> bool:
    return any(ROOT.glob(path.rstrip("/"))) if "*" in path else (ROOT / path).exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_the_command(command: str) -> None:
    assert command in readme(), f"README.md never says {command}: it is one of the two commands a newcomer needs"
    assert (ROOT / command).is_file(), f"{command} is gone, yet README.md promises it"


def test_every_path_on_the_map_is_there() -> None:
    named = paths(section("Map"))
    assert named, "The map in README.md names no path: write them in `ticks` or as a tree"
    breaks = [path for path in named if not is_there(path)]
    assert not breaks, cure(breaks, "The map in README.md names what is not there: mend the map with the move:")


def test_every_concept_is_on_the_map() -> None:
    drawn = section("Map")
    missing = [concept for concept in CONCEPTS if not re.search(rf"\b{concept}\b", drawn)]
    assert not missing, cure(missing, "The map in README.md leaves out a concept:")


@pytest.mark.parametrize(("trade", "code"), PAIRS.items())
def test_the_glossary_fixes_the_pair(trade: str, code: str) -> None:
    lines = section("Glossary").lower().splitlines()
    assert any(trade in line and code in line for line in lines), f"The glossary needs a line for {trade} = {code}"
