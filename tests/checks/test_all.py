"""The table of checks."""

from pathlib import Path

from healthsite import checks
from tests.linked import Linked, article

FILES = {path.stem for path in Path(checks.__file__).parent.glob("*.py")} - {"__init__", "subject"}


def test_every_check_is_in_the_table():
    assert {check.__module__.rpartition(".")[2] for check in checks.CHECKS} == FILES
    assert len(checks.CHECKS) == len(FILES)


def test_every_check_has_its_test_file():
    assert {f"test_{name}" for name in FILES} <= {path.stem for path in Path(__file__).parent.glob("test_*.py")}


def test_all_findings_of_all_checks_are_gathered():
    linked = Linked({"causes/a": article("cause", "[x](x.md)\n", group="nothing", aliases=["causes/a"])})
    found = {finding.check for finding in checks.run(linked.subject())}
    assert found == {"address", "home", "link", "no-warning-sign", "section", "uncited", "unsourced"}
