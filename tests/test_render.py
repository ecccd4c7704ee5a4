"""Rendering: a template's mistakes become findings at their place, and it sees nothing but its view."""

import inspect

import pytest
from jinja2 import Environment

from healthsite.model import Finding
from healthsite.render import compile_for, environment, render
from healthsite.typesetting import compile_templates
from tests.linked import TEMPLATES, Linked, article, site_view

LINKED = Linked({"causes/a": article("cause", title="A & <B>"), "red-flags/f": article("red-flag", general=True)})
VIEW = LINKED.view("/causes/a/")


def rendered(**templates: str) -> bytes | Finding:
    """Render the first of some templates, each a name (``a_html`` for ``a.html``) and a text."""
    texts = tuple((name.replace("_", "."), text) for name, text in templates.items())
    return render(environment(texts), texts[0][0], VIEW)


def test_a_template_shows_its_view_escaped_unless_it_says_otherwise():
    assert rendered(page_html="{{ view.title }} {{ view.title|safe }}\n") == b"A &amp; &lt;B&gt; A & <B>\n"


def test_feeds_are_escaped_too():
    assert rendered(feed_xml="<title>{{ view.title }}</title>") == b"<title>A &amp; &lt;B&gt;</title>"


def test_other_line_ends_are_no_part_of_a_page():
    assert rendered(page_html="<p>\r\n{{ view.title }}\r\n") == b"<p>\nA &amp; &lt;B&gt;\n"


MISTAKES = [
    ("an unknown name", {"a_html": "\n\n{{ vieww.title }}"}, "a.html:3", "'vieww' is undefined"),
    ("an unknown field", {"a_html": "x\n{{ view.titel }}"}, "a.html:2", "titel"),
    ("an unknown field in a condition", {"a_html": "\n{% if view.titel %}{% endif %}"}, "a.html:2", "titel"),
    ("an unknown field of a field", {"a_html": "{{ site.config.nothing }}"}, "a.html:1", "nothing"),
    ("an unknown asset", {"a_html": "\n{{ site.asset('css/gone.css') }}"}, "a.html:2", "static/ holds no “css/gone.css”"),
    ("an unknown filter", {"a_html": "\n{{ view.title|shout }}"}, "a.html:2", "No filter named 'shout'."),
    ("an unknown test", {"a_html": "{{ view.title is loud }}"}, "a.html:1", "No test named 'loud'."),
    ("a tag that is never closed", {"a_html": "\n{% if view.title %}\n"}, "a.html:2", "endif"),
    ("an unknown tag", {"a_html": "\n\n{% iff view.title %}"}, "a.html:3", "Encountered unknown tag 'iff'."),
    ("a brace that is never closed", {"a_html": "\n{{ view.title\n\n"}, "a.html:2", "end of template"),
    ("a template that is not there", {"a_html": "\n{% include 'gone.html' %}"}, "a.html:2", "there is no templates/gone.html"),
    ("a base that is not there", {"a_html": "{% extends 'gone.html' %}"}, "a.html:1", "there is no templates/gone.html"),
    ("a mistake in a macro", {"a_html": "\n{% import 'm.html' as m %}{{ m.x(view) }}", "m_html": "{% macro x(v) %}\n\n{{ v.nothing }}{% endmacro %}"}, "m.html:3", "nothing"),
    ("a mistake in a block of the base", {"a_html": "{% extends 'b.html' %}", "b_html": "\n{% block x %}\n{{ nothing }}{% endblock %}"}, "b.html:3", "'nothing' is undefined"),
    ("a syntax error in an included file", {"a_html": "{% include 'b.html' %}", "b_html": "\n\n{{ }}"}, "b.html:3", "Expected an expression"),
    ("a wrong call", {"a_html": "\n{{ site.to() }}"}, "a.html:2", "TypeError"),
    ("a division by nothing", {"a_html": "\n{{ 1 / 0 }}"}, "a.html:2", "ZeroDivisionError: division by zero (while rendering a.html)"),
    ("a file that includes itself", {"a_html": "\n{% include 'a.html' %}"}, "a.html:2", "RecursionError"),
]  # fmt: skip


@pytest.mark.parametrize("templates, place, words", [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES])
def test_a_mistake_in_a_template_is_a_finding_at_its_place(templates, place, words):
    found = rendered(**templates)
    assert isinstance(found, Finding)
    assert str(found).startswith(f"templates/{place}:1: error: ")
    assert words in found.message
    assert "healthsite" not in found.message


def test_a_page_whose_own_template_is_not_there():
    found = render(environment(()), "cause.html", VIEW)
    assert found == Finding("templates/cause.html", 1, 1, "error", "template", "there is no templates/cause.html")


def test_changed_templates_are_other_templates():
    for text in ("one", "two", "one"):
        assert rendered(a_html=text) == text.encode()


# --- what a template can reach -----------------------------------------------------------------------------------------

HELPERS = {"range", "dict", "cycler", "joiner", "namespace"}
"""Jinja's own, each of which gives the same for the same arguments."""


def compiled(env: Environment) -> set[str]:
    assert env.cache is not None
    return {name for _, name in env.cache}


def test_templates_are_compiled_with_those_that_they_are_made_of():
    texts = (
        ("a", '{% extends "b" %}{% from "c/d" import x %}'),
        ("b", "{%- import 'e' as e %}{% include \"f\" %}"),
        ("c/d", "{% macro x() %}{% endmacro %}"),
        ("e", ""),
        ("f", '{% include "f" %}'),
        ("g", "{% what is this %}"),
    )
    env = environment(texts)
    compile_for(env, ["a"])
    assert compiled(env) == {"a", "b", "c/d", "e", "f"}


def test_before_there_is_a_page_the_templates_of_all_kinds_are_compiled():
    templates = (*TEMPLATES, ("other.html", ""))  # so that no other test has compiled them
    compile_templates(templates)
    found = compiled(environment(templates))
    assert {"cause.html", "guide.html", "article.html", "base.html", "macros/care.html"} <= found
    assert "map.html" not in found


def test_a_template_has_its_view_and_no_other_way_to_the_site():
    env = environment(())
    assert set(env.globals) == HELPERS
    assert rendered(a_html="{{ view.site is sameas site }}{{ json_ld is string }}") == b"TrueTrue"


@pytest.mark.parametrize(
    "name",
    [
        "config",
        "pages",
        "articles",
        "graph",
        "now",
        "today",
        "time",
        "random",
        "lipsum",
        "open",
        "os",
        "env",
        "request",
        "get_flashed_messages",
    ],
)
def test_what_could_make_two_builds_differ_is_undefined(name):
    found = rendered(a_html=f"{{{{ {name} }}}}")
    assert isinstance(found, Finding)
    assert found.message == f"'{name}' is undefined"


def test_the_random_filter_is_gone():
    found = rendered(a_html="{{ [1, 2]|random }}")
    assert isinstance(found, Finding)
    assert "No filter named 'random'" in found.message


def test_other_sites_keep_their_random_filter():
    """Jinja's tables are copied, not emptied."""
    from jinja2 import Environment

    environment(())
    assert "random" in Environment().filters
    assert "lipsum" in Environment().globals


def test_a_view_holds_no_site_only_what_the_page_shows():
    """Whatever a template can reach from its view is plain data of this page, or the words of the site."""
    for address, page in LINKED.pages().items():
        view = LINKED.view(address)
        assert not hasattr(view, "__dict__"), page
        for name in type(view).__dataclass_fields__:
            assert type(getattr(view, name)).__name__ not in ("Site", "Record", "Store", "function", "method"), name


def test_the_site_that_a_template_sees_gives_the_same_for_the_same():
    site = site_view()
    methods = {name for name, _ in inspect.getmembers(site, inspect.ismethod) if not name.startswith("_")}
    plain = {"to", "asset", "words", "words_html", "phone_html", "picture_html", "feed_id", "day", "whole"}
    assert methods == {*plain, "once"}
    assert site.day("2026-02-03") == f"3 {site.config.months[1]} 2026"
    assert site.words_html("<{advice-line}>").startswith("&lt;<a ")


def test_what_is_the_same_on_every_page_is_made_once_for_a_site():
    made = []

    def macro(site):
        made.append(site)
        return f"<p>{len(made)}</p>"

    one, other = site_view(), site_view()
    assert [site.once(macro) for site in (one, one, other, one)] == ["<p>1</p>", "<p>1</p>", "<p>2</p>", "<p>1</p>"]
    assert made == [one, other]


def test_every_page_of_a_small_site_renders_with_the_repositorys_templates():
    env = environment(TEMPLATES)
    for address, page in LINKED.pages().items():
        found = render(env, page.template, LINKED.view(address))
        assert isinstance(found, bytes), found


def test_what_is_safe_is_not_escaped_again_and_all_else_is():
    macro = "{% macro b(text) %}<b>{{ text }}</b>{% endmacro %}{{ b('<') }}{{ [b('&')] }}{{ 1 }}{{ none }}"
    assert rendered(page_html=macro) == b"<b>&lt;</b>[Markup(&#39;&lt;b&gt;&amp;amp;&lt;/b&gt;&#39;)]1None"
    marks = "{% for mark in ['>', '<', '\"', \"'\", '&amp;'] %}{{ mark }}{% endfor %}"
    assert rendered(page_html=marks) == b"&gt;&lt;&#34;&#39;&amp;amp;"
    loose = "{% autoescape false %}{{ view.title }}{% endautoescape %}{{ view.title ~ '<' }}"
    assert rendered(page_html=loose) == b"A & <B>A &amp; &lt;B&gt;&lt;"
