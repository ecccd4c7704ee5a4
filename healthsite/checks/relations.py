"""Relations lead to articles, of the right kind and published."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite import kinds
from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject, finding
from healthsite.model import Article, Finding, Relation
from healthsite.suggest import nearest

RULES = (
    Rule("relation", "error", "a relation leads to an article (docs/writing.md)"),
    Rule("unpublished-relation", "notice", "a relation to what is not published is left out (docs/writing.md, Links)"),
)


def check(article: Article, subject: Subject) -> Iterator[Finding]:
    """An unknown target is an error, with the nearest; one that is not published yet is left out, with a notice."""
    site = subject.site
    for relation in article.relations:
        if relation.target in site.outlines and relation.target != article.id:  # as nearly all are
            continue
        name, target, *place = relation
        if target == article.id:
            yield finding(article, (place[0], place[1]), "relation", f"“{name}” names the article itself")
        elif site.unpublished.get(target) == "broken":
            continue
        elif target in site.unpublished:
            message = f"“{target}” is not published yet ({site.unpublished[target]}), so “{name}” leaves it out"
            yield finding(article, (place[0], place[1]), "unpublished-relation", message, severity="notice")
        else:
            yield _leads_nowhere(article, relation, (*site.outlines, *site.unpublished))


def _leads_nowhere(article: Article, relation: Relation, known: tuple[str, ...]) -> Finding:
    name, target, line, column = relation
    folder, slug = target.split("/")
    elsewhere = [other for other in known if other.endswith(f"/{slug}")]
    if elsewhere:
        message = f"there is no {folder}/{slug}, and “{name}” names articles in {folder}/"
        hint = f"{elsewhere[0]} is a {kinds.FOLDERS[elsewhere[0].split('/')[0]].name}"
    else:
        message = f"“{name}” names “{slug}”, but there is no content/{target}.md"
        hint = nearest(slug, [other.split("/")[1] for other in known if other.startswith(f"{folder}/")])
    return finding(article, (line, column), "relation", message, hint)
