"""YAML with positions and no surprises: text → nodes that know line and column, and problems in an editor's words.

PyYAML splits the text into events; what a scalar means is decided here, by the core schema of YAML 1.2: `no` and
`1:30` are text, `010` is never eight. Two additions: an unquoted `2026-11-22` is a date, and what YAML offers beyond
plain data (anchors, tags, merge keys, several documents) is refused. Knows nothing of articles.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

import yaml

# The C loader is missing where PyYAML was built without libyaml.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 50
_LONGEST_NUMBER = 100  # int() refuses 4300 digits with an exception; nothing of this length is meant as a number


class Problem(NamedTuple):
    """A mistake in the text. Line and column count from 1; the column is that of a character, not of a byte."""

    line: int
    column: int
    message: str
    hint: str = ""


class Node(NamedTuple):
    """A value and where it stands. `text` is the scalar as written, without its quotes; "" for a list or a mapping."""

    line: int
    column: int
    value: "bool | int | float | str | datetime.date | tuple[Node, ...] | Mapping | None"
    text: str
    quoted: bool


class Entry(NamedTuple):
    """A key of a mapping, where the key stands, and its value."""

    key: str
    key_line: int
    key_column: int
    node: Node


class Mapping(tuple[Entry, ...]):
    """The value of a mapping node: its entries in source order, no key twice. An own type, so that `{}` is not `[]`."""

    __slots__ = ()

    def get(self, key: str) -> Node | None:
        """The value of `key`, or None where there is no such key."""
        return next((entry.node for entry in self if entry.key == key), None)


def load(text: str, *, line: int = 1) -> tuple[Node | None, tuple[Problem, ...]]:
    """The document in `text`, whose first line is line `line` of the real file, and all its problems in source order.

    No exception, whatever the text is. After a mistake of syntax the node is None: what follows it cannot be trusted.
    After any other problem the node is there, so that the caller can go on checking; what the caller then finds at a
    position where a problem stands is a consequence of it. An empty text is (None, ()).
    """
    text = text.removeprefix("\ufeff")
    reader = _Reader(text, line)
    node = None
    try:
        if reader.all_readable():
            node = reader.document()
    except yaml.MarkedYAMLError as error:
        reader.problems.extend(_explain(error, reader))
    except _TooDeep as error:
        reader.report(error.mark, f"this is nested more than {MAX_DEPTH} levels deep", "is a bracket closed too late?")
    except (yaml.YAMLError, ValueError) as error:  # whatever a version of PyYAML refuses that this module does not know
        reader.problems.append(Problem(line, 1, f"this is not YAML: {error}"))
    return node, tuple(sorted(reader.problems))


# --- what a scalar means -----------------------------------------------------------------------------------------

_WORDS: dict[str, bool | float | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **dict.fromkeys((f"{sign}{word}" for sign in ("", "+") for word in (".inf", ".Inf", ".INF")), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
}
_NUMBER_STARTS = frozenset("0123456789+-.")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# Control characters, lone surrogates and non-characters; U+0085, U+2028 and U+2029, which PyYAML takes for line ends
# and editors do not, so that all lines after them would be off; a byte order mark in the middle.
# (What may stand there takes seven times as long to compile, at each start.)
_UNREADABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def _meaning(text: str) -> bool | int | float | str | datetime.date | None:
    """The value of an unquoted scalar. ValueError with a message for the editor: a day or a number that cannot be."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBER_STARTS:
        return _number_or_date(text)
    return text


def _number_or_date(text: str) -> int | float | str | datetime.date:
    if _DATE.fullmatch(text):
        return _date(text)
    if not _FLOAT.fullmatch(text) and not _OTHER_BASE.fullmatch(text):
        return text
    if len(text) > _LONGEST_NUMBER:
        raise ValueError("this number is too long")
    if _INTEGER.fullmatch(text):
        return int(text)
    return int(text, 0) if _OTHER_BASE.fullmatch(text) else float(text)


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"there is no such day: {text}") from None


# --- from events to nodes ----------------------------------------------------------------------------------------

_QUOTE = "put it in quotes if it is meant as text"
_BACKSLASH = "write \\\\ for a backslash, or use single quotes"

_Mark: TypeAlias = Any  # yaml.Mark, or the C parser's own class of the same shape: index, line and column, from 0
_Event: TypeAlias = Any  # the same for events


class _TooDeep(Exception):
    def __init__(self, mark: _Mark) -> None:
        self.mark = mark


class _Reader:
    """One run over the events of a text: makes the nodes, and collects the problems."""

    def __init__(self, text: str, line: int) -> None:
        self.text = text
        self.line = line
        self.problems: list[Problem] = []
        self.open: list[_Event] = []  # the starts of the lists and mappings that are being read, outermost first
        self.last: _Event = None  # the last complete value, for explaining what is wrong after it
        self._next: Callable[[], _Event]

    def report(self, mark: _Mark, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.line + mark.line, mark.column + 1, message, hint))

    def all_readable(self) -> bool:
        """Whether PyYAML may see the text at all; if not, every character that is in the way has been reported."""
        for found in _UNREADABLE.finditer(self.text):
            name = f"U+{ord(found[0]):04X}"
            message = f"there is an invisible character here ({name})"
            self.problems.append(self.problem_at(found.start(), message, "delete it"))
        return not self.problems

    def problem_at(self, index: int, message: str, hint: str = "") -> Problem:
        """A problem at a place in the text. (Marks know their line already; this counts.)"""
        before = re.split(r"\r\n|\r|\n", self.text[:index])
        return Problem(self.line + len(before) - 1, len(before[-1]) + 1, message, hint)

    def document(self) -> Node | None:
        """The only document, or None if there is none."""
        parser = _Loader(self.text)
        self._next = parser.get_event
        try:
            self._next()  # the start of the stream
            start = self._next()
            if start.__class__ is yaml.StreamEndEvent:
                return None
            self._refuse_start(start)
            node = self._node(self._next())
            self._refuse_more()
            return node
        finally:
            parser.dispose()

    def _refuse_start(self, start: _Event) -> None:
        if start.version or start.tags:
            self.report(start.start_mark, "a line that starts with % is an instruction to YAML", "delete the line")
        elif start.explicit:
            self.report(start.start_mark, "--- does not belong here", "delete the line")

    def _refuse_more(self) -> None:
        end = self._next()
        if end.explicit:
            self.report(end.start_mark, "... does not belong here", "delete the line")
        second = self._next()
        if second.__class__ is not yaml.StreamEndEvent:
            self.report(second.start_mark, "--- starts a second document; only one is read", "delete the line")

    def _node(self, event: _Event) -> Node:
        kind = event.__class__
        mark = event.start_mark
        if kind is yaml.AliasEvent:
            self._refuse_word(mark.index, "an alias")
            self.last = event
            return Node(self.line + mark.line, mark.column + 1, None, "", False)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(mark.index)
        if kind is yaml.ScalarEvent:
            return self._scalar(event, mark)
        return self._collection(event, mark, kind is yaml.MappingStartEvent)

    def _scalar(self, event: _Event, mark: _Mark) -> Node:
        self.last = event
        text: str = event.value
        value: bool | int | float | str | datetime.date | None = text
        if not event.style:
            try:
                value = _meaning(text)
            except ValueError as error:
                self.report(mark, str(error), _QUOTE)
        else:
            self._refuse_escapes(event)
        return Node(self.line + mark.line, mark.column + 1, value, text, bool(event.style) and event.style in "'\"")

    def _collection(self, event: _Event, mark: _Mark, is_mapping: bool) -> Node:
        if len(self.open) == MAX_DEPTH:
            raise _TooDeep(mark)
        self.open.append(event)
        value = Mapping(self._entries()) if is_mapping else tuple(self._items())
        self.open.pop()
        return Node(self.line + mark.line, mark.column + 1, value, "", False)

    def _items(self) -> Iterator[Node]:
        while (event := self._next()).__class__ is not yaml.SequenceEndEvent:
            yield self._node(event)
        self.last = event

    def _entries(self) -> Iterator[Entry]:
        first_lines: dict[str, int] = {}
        while (event := self._next()).__class__ is not yaml.MappingEndEvent:
            key = self._key(event, first_lines)
            node = self._node(self._next())
            if key is not None:
                mark = event.start_mark
                yield Entry(key, self.line + mark.line, mark.column + 1, node)
        self.last = event

    def _key(self, event: _Event, first_lines: dict[str, int]) -> str | None:
        """A key, which is text whatever it looks like; None if it is no good, which is reported."""
        if event.__class__ is not yaml.ScalarEvent:
            self._node(event)
            if event.__class__ is not yaml.AliasEvent:  # that is reported already
                self.report(event.start_mark, "a key must be text, not a list or a mapping", _QUOTE)
            return None
        self.last = event
        mark: _Mark = event.start_mark
        key: str = event.value
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(mark.index)
        if event.style:
            self._refuse_escapes(event)
        elif key == "<<":
            self.report(mark, "<< (merging) is not supported", "write the keys out")
            return None
        elif not key:
            self.report(mark, "a key is missing before the colon")
            return None
        if key in first_lines:
            message = f"{key} is given twice; the first is on line {first_lines[key]}"
            self.report(mark, message, "keep one of the two")
            return None
        first_lines[key] = self.line + mark.line
        return key

    def _refuse_escapes(self, event: _Event) -> None:
        if event.style == '"' and _UNREADABLE.search(event.value):
            self.report(event.start_mark, "a \\ in this text stands for an invisible character", _BACKSLASH)

    def _refuse_properties(self, index: int) -> None:
        """Anchor and tag may stand before a value in either order; an event tells only where the first one starts."""
        while (found := _PROPERTY.match(self.text, index)) is not None:
            self._refuse_word(found.start(1), "an anchor" if found[1][0] == "&" else "a tag")
            index = found.end()

    def _refuse_word(self, index: int, what: str) -> None:
        word = _WORD.match(self.text, index)
        message = f"{word[0] if word else ''} is {what} in YAML, which is not supported"
        self.problems.append(self.problem_at(index, message, _QUOTE))


_PROPERTY = re.compile(r"\s*([&!]\S*)")
_WORD = re.compile(r"[^\s,\[\]{}]*")


# --- what is wrong, in an editor's words -------------------------------------------------------------------------
#
# PyYAML says what its grammar expected. The rules below say what was probably meant; the first that fits is taken. The
# C parser and the Python one word the same mistake differently, hence the searches for parts of a message.


class _Mistake(NamedTuple):
    """A syntax error, with what the rules look at. Offsets count from 0 in the text."""

    reader: _Reader
    error: str  # what was expected or found, in PyYAML's words
    context: str  # what it was reading at that time
    at: int
    since: int  # where it began to read that; as `at` if PyYAML does not say
    char: str  # the character at fault, "" at the end of the text

    @property
    def before(self) -> str:
        """The line at fault, up to the place."""
        return self.reader.text[self.line_start(self.at) : self.at]

    def line_start(self, index: int) -> int:
        return max(self.reader.text.rfind("\n", 0, index), self.reader.text.rfind("\r", 0, index)) + 1

    def line_at(self, index: int) -> str:
        return re.split(r"[\r\n]", self.reader.text[self.line_start(index) :], maxsplit=1)[0]

    def say(self, index: int, message: str, hint: str = "") -> Problem:
        return self.reader.problem_at(index, message, hint)


def _explain(error: Any, reader: _Reader) -> Iterator[Problem]:  # Any: the stubs name two classes of marks
    """The one problem behind an exception of PyYAML; none if it only follows from one that is reported already."""
    mark = error.problem_mark
    if mark is None:
        yield Problem(reader.line, 1, f"this is not YAML: {error}")
        return
    at = min(mark.index, len(reader.text))
    since = error.context_mark.index if error.context_mark else at
    mistake = _Mistake(reader, error.problem or "", error.context or "", at, since, reader.text[at : at + 1])
    last: _Event = reader.last
    same_line = last is not None and last.end_mark.line == mark.line
    if same_line and isinstance(last, yaml.AliasEvent):
        return  # `*important* things`: the alias has been refused
    if reader.problems and "document start" in (error.problem or ""):
        return  # what stands after a `...` that has been refused
    for rule in _RULES:
        problem = rule(mistake)
        if problem is not None:
            yield problem
            return
    yield mistake.say(at, f"this is not YAML: {mistake.error}")


def _tab(m: _Mistake) -> Problem | None:
    if m.char == "\t" and ("cannot start any token" in m.error or "tab character" in m.error):
        return m.say(m.at, "there is a tab here", "indent with spaces")
    return None


def _directive(m: _Mistake) -> Problem | None:
    line = m.line_at(m.at)
    if line.startswith("%"):
        return m.say(m.line_start(m.at), "a line that starts with % is an instruction to YAML", "delete the line")
    return None


def _bad_start(m: _Mistake) -> Problem | None:
    """A value that starts with a character that means something to YAML."""
    named = re.search("alias|anchor|tag|block scalar", m.context) is not None
    if named or "tag handle" in m.error or "cannot start any token" in m.error or "mapping keys are not" in m.error:
        start = m.since if named else m.at
        char = m.reader.text[start : start + 1]
        return m.say(start, f"a value cannot start with {char}", "put the value in quotes")
    return None


def _list_after_key(m: _Mistake) -> Problem | None:
    if "sequence entries are not allowed" in m.error:
        hint = "start each - on a line of its own, or put the value in quotes"
        return m.say(m.at, "a list cannot start on the line of its key", hint)
    return None


def _open_quote(m: _Mistake) -> Problem | None:
    if "quoted scalar" in m.context and ("end of stream" in m.error or "document indicator" in m.error):
        return m.say(m.since, "this quotation mark is never closed", "write the same mark after the value")
    return None


def _bad_escape(m: _Mistake) -> Problem | None:
    if "escape" in m.error or "hexdecimal" in m.error or "hexadecimal" in m.error:
        backslash = m.reader.text.rfind("\\", m.since, m.at + 1)
        message = f"{m.reader.text[backslash : backslash + 2]} means nothing in double quotes"
        return m.say(backslash, message, _BACKSLASH)
    return None


def _after_quote(m: _Mistake) -> Problem | None:
    """`"Pain" at night`, or an earlier quotation mark that was never closed, so that this one closes it."""
    last = m.reader.last
    if not _is_expected_end(m) or getattr(last, "style", None) not in ("'", '"'):
        return None
    if m.reader.text[last.end_mark.index : m.at].strip(" \t"):
        return None
    if last.start_mark.line < last.end_mark.line:
        message = "this quotation mark is not closed on its line"
        return m.say(last.start_mark.index, message, "write the same mark after the value")
    apostrophe, whole = "write '' for an apostrophe, or use double quotes", "put the whole value in single quotes"
    hint = apostrophe if last.style == "'" else whole
    return m.say(m.at, "the value goes on after its closing quotation mark", hint)


def _is_expected_end(m: _Mistake) -> bool:
    ends = ("block end", "expected key", "'-' indicator", "document start")
    return any(end in m.error for end in ends)


def _open_bracket(m: _Mistake) -> Problem | None:
    # (A pair in a list, `[a: b`, is a mapping of flow style too, but no bracket opens it.)
    starts = [event.start_mark.index for event in m.reader.open if event.flow_style]
    start = next((index for index in reversed(starts) if m.reader.text[index] in "[{"), None)
    if start is None:
        return None
    bracket = m.reader.text[start]
    closing = "]" if bracket == "[" else "}"
    if m.char == "" or re.search(r"[\r\n]", m.reader.text[start : m.at]):
        return m.say(start, f"this {bracket} is never closed", f"write {closing} after the last value")
    if "node content" in m.error and m.char == ":":
        return m.say(m.at, "a key is missing before the colon", 'write "key: value"')
    if "node content" in m.error:
        return m.say(m.at, f"a value is missing before this {m.char}", _QUOTE)
    hint = "put a value with such characters in quotes"
    return m.say(m.at, f"a comma or {closing} is missing before this {m.char}", hint)


def _no_value(m: _Mistake) -> Problem | None:
    if "node content" in m.error and m.char:
        if m.line_at(m.at).startswith("..."):
            return m.say(m.at, "... does not belong here", "delete the line")
        return m.say(m.at, f"a value cannot start with {m.char}", "put the value in quotes")
    return None


def _colon_in_value(m: _Mistake) -> Problem | None:
    """`title: Pain: why`; or the line before has no space after its colon; or this line is indented too far."""
    if "mapping values are not allowed" not in m.error:
        return None
    found = _KEY_AND_VALUE.match(m.before)
    if found:
        return m.say(m.at, "there is a second colon in this value", f"put the value in quotes: {_quoted(m, found)}")
    above = m.line_start(m.at) - 1
    if above > 0 and _GLUED_COLON.match(m.line_at(above - 1)):
        return _glued(m, above - 1)
    first = m.line_start(m.at) + len(m.before) - len(m.before.lstrip(" "))
    if m.before.startswith(" "):
        return m.say(first, "this line is indented, but the line above has a value already", _ALIGN)
    return m.say(m.at, "a colon cannot stand here", "put the value in quotes")


def _quoted(m: _Mistake, found: re.Match[str]) -> str:
    """How the line reads with its value in quotes."""
    value = m.line_at(m.at)[found.end() :].split(" #")[0].rstrip()
    if '"' in value or "\\" in value:
        return f"{found[1]}: '" + value.replace("'", "''") + "'"
    return f'{found[1]}: "{value}"'


def _missing_colon(m: _Mistake) -> Problem | None:
    if "could not find expected ':'" not in m.error:
        return None
    if _GLUED_COLON.match(m.line_at(m.since)):
        return _glued(m, m.since)
    if _GLUED_DASH.match(m.line_at(m.since)):
        return m.say(m.since, "a space is missing after this dash", 'write "- value"')
    hint = 'write "key: value", or indent the line if it belongs to the value above'
    return m.say(m.since, "a colon is missing in this line", hint)


def _glued(m: _Mistake, index: int) -> Problem:
    colon = m.reader.text.index(":", m.line_start(index))
    return m.say(colon, "a space is missing after this colon", 'write "key: value"')


def _stray(m: _Mistake) -> Problem | None:
    """Something that fits nothing above: a bracket too many, or wrong indentation."""
    if not _is_expected_end(m):
        return None
    if m.char and m.char in "]}":
        return m.say(m.at, f"there is a {m.char} too many", "delete it, or put the value in quotes")
    if m.char == ":":
        return m.say(m.at, "a key is missing before the colon", 'write "key: value"')
    if m.before.strip(" "):
        return m.say(m.at, "the value ended before this", "put the whole value in quotes")
    return m.say(m.at, "the indentation of this line fits no line above", _ALIGN)


_ALIGN = "start it in the same column as the lines it belongs with"
_KEY_AND_VALUE = re.compile(r"\s*(?:- +)*([^:#\s][^:]*?)\s*:[ \t]+(?=\S)")
_GLUED_COLON = re.compile(r"\s*(?:- +)*[\w-]+:[^\s:/]")
_GLUED_DASH = re.compile(r"\s*-[^\s-]")
_RULES: tuple[Callable[[_Mistake], Problem | None], ...] = (
    _tab,
    _directive,
    _bad_start,
    _list_after_key,
    _open_quote,
    _bad_escape,
    _open_bracket,
    _after_quote,
    _no_value,
    _colon_in_value,
    _missing_colon,
    _stray,
)
