"""What a finding counts as in the end: what ``config.yaml`` makes of its check, and what its article silences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from healthsite.checks.rule import Rule
from healthsite.model import Finding, Outline, Silenced
from healthsite.suggest import nearest

Severities = Mapping[str, tuple[str, int, int]]
"""By check: what ``config.yaml`` makes of it, with the place of its name there."""


def settle(
    findings: Iterable[Finding],
    outlines: Sequence[Outline],
    severities: Severities,
    rules: Mapping[str, Rule],
    config_path: str,
) -> list[Finding]:
    """All findings as they count, and what is wrong with the silencing and with the severities themselves."""
    silenced = {outline.path: outline.silenced for outline in outlines if outline.silenced}
    used: set[Sequence[object]] = set()
    settled = [*_unknown(severities, rules, config_path)]
    for finding in findings:
        rule = rules.get(finding.check)
        chosen = severities.get(finding.check, ("", 0, 0))[0]
        if rule and not rule.is_fixed and chosen:
            if chosen == "off":
                continue
            if finding.severity == rule.severity:  # a milder case stays milder
                finding = finding._replace(severity=chosen)  # type: ignore[arg-type]
        if finding.path in silenced and rule and not (rule.is_safety or rule.is_fixed):
            for entry in silenced[finding.path]:
                if entry[0] == finding.check:
                    used.add(tuple(entry))
                    finding = finding._replace(severity="silenced", hint=f"because: {entry[1]}")
                    break
        settled.append(finding)
    for path, entries in silenced.items():
        settled += _vain(path, [Silenced._make(entry) for entry in entries], used, severities, rules)
    return settled


def _unknown(severities: Severities, rules: Mapping[str, Rule], path: str) -> Iterator[Finding]:
    """Severities of what is no check, or of what can't be changed."""
    for name, (_, line, column) in severities.items():
        if name not in rules:
            hint = nearest(name, rules) or "build.py check --list names them all"
            yield Finding(path, line, column, "error", "check-name", f"no check is called “{name}”", hint)
        elif rules[name].is_fixed:
            hint = "what it finds can't be used at all"
            yield Finding(path, line, column, "error", "check-name", f"“{name}” is always an error", hint)


def _vain(
    path: str,
    entries: Sequence[Silenced],
    used: set[Sequence[object]],
    severities: Severities,
    rules: Mapping[str, Rule],
) -> Iterator[Finding]:
    """What an article can't silence, or silences for nothing."""
    for entry in entries:
        if not entry.check or not entry.reason:
            continue  # told already
        rule, place = rules.get(entry.check), (entry.line, entry.column)
        if rule is None:
            hint = nearest(entry.check, rules) or "build.py check --list names them all"
            yield Finding(path, *place, "error", "check-name", f"no check is called “{entry.check}”", hint)
        elif rule.is_safety or rule.is_fixed:
            message = f"“{entry.check}” can't be silenced: it keeps readers safe"
            if rule.is_fixed:
                message = f"“{entry.check}” can't be silenced: what it finds can't be used"
            yield Finding(path, *place, "error", "check-name", message, "mend what it found")
        elif tuple(entry) not in used and severities.get(entry.check, ("",))[0] != "off":
            message = f"“{entry.check}” is silenced here, but finds nothing"
            yield Finding(path, *place, "notice", "silenced-in-vain", message, "delete the entry")
