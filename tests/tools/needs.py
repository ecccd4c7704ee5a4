"""What a test needs from the machine besides Python.

Where it is missing, the test is skipped and says why. Under CI it fails: there, a check that was skipped would pass for one that held.
"""

import os

import pytest


def need(present: object, reason: str) -> None:
    """Go on if `present` is true; else skip with `reason`, or fail if the variable CI is set."""
    if present:
        return
    if os.environ.get("CI", "").lower() not in {"", "0", "false"}:
        pytest.fail(f"{reason} (under CI this is not skipped)", pytrace=False)
    pytest.skip(reason)
