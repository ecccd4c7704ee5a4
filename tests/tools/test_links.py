from pathlib import Path

import pytest

from tests.tools.links import check

TARGET = '<h1 id="top-of-it">Target</h1><p id="ünï cödé">Text</p><a name="old"></a>'


def site(folder: Path, **files: str) -> Path:
    """A small site around the pages under test: keyword `a__b_html` is the file a/b.html."""
    everything = {"target/index.html": TARGET, "pic.png": "", "sprite.svg": '<svg><symbol id="heart"/></svg>'}
    everything |= {name.replace("__", "/").replace("_", "."): text for name, text in files.items()}
    for name, text in everything.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


SILENT = [
    '<a href="../target/">x</a>',
    '<a href="../target/index.html?q=1#top-of-it">x</a>',
    '<a href="/health/target/#old">x</a>',
    '<a href="../target/#%C3%BCn%C3%AF%20c%C3%B6d%C3%A9">x</a>',
    '<a href="../target/#top">x</a>',
    '<a href="../target/#:~:text=Target">x</a>',
    '<a href="#here">x</a><p id="here">x</p>',
    '<a href="#">x</a>',
    '<a href="?q=cramp">x</a>',
    '<a href="/health/">home</a>',
    '<a href="https://example.com/missing">x</a>',
    '<a href="//example.com/missing">x</a>',
    '<a href="tel:112">x</a><a href="mailto:a@example.org">x</a>',
    '<a href="https://example.org/health/missing/">x</a>',
    '<img src="../pic.png" srcset="../pic.png 1x, ../pic.png 2x">',
    '<img src="data:image/gif;base64,R0lGOD==">',
    '<svg><use href="../sprite.svg#heart"></use></svg>',
    '<meta http-equiv="refresh" content="0; url=../target/">',
    '<meta http-equiv="refresh" content="30">',
    '<form action="../target/"></form>',
    '<!-- <a href="missing/">x</a> -->',
    '<script type="application/ld+json">{"a": "<a href=\'missing\'>"}</script>',
    "<p>url(missing.png)</p>",
]

FIRES = [
    ('<a href="../missing/">x</a>', "a href “../missing/” is broken: there is no missing/index.html"),
    ('<a href="../Target/">x</a>', "there is no Target/index.html"),
    ('<a href="../target">x</a>', "needs a closing slash"),
    ('<a href="../target/#missing">x</a>', "target/index.html has no “missing”"),
    ('<a href="../target/#Top-of-it">x</a>', "has no “Top-of-it”"),
    ('<a href="#missing">x</a>', "page/index.html has no “missing”"),
    ('<a href="/target/">x</a>', "leads out of the site, whose addresses begin with /health/"),
    ('<a href="../../../target/">x</a>', "leads out of the site"),
    ('<a href="">x</a>', "is empty"),
    ("<a href>x</a>", "is empty"),
    ('<a href="http://[::1">x</a>', "is no address"),
    ('<a href="javascript:alert(1)">x</a>', "is a script"),
    ('<img src="missing.png">', "img src “missing.png” is broken"),
    ('<img srcset="../pic.png 1x, missing.png 2x">', "img srcset “missing.png” is broken"),
    ('<link rel="preload" imagesrcset="missing.png">', "link imagesrcset"),
    ('<link rel="stylesheet" href="missing.css">', "link href"),
    ('<script src="missing.js"></script>', "script src"),
    ('<video poster="missing.png"></video>', "video poster"),
    ('<object data="missing.svg"></object>', "object data"),
    ('<form action="missing/"></form>', "form action"),
    ('<svg><use href="../sprite.svg#missing"></use></svg>', "sprite.svg has no “missing”"),
    ('<svg><use xlink:href="../missing.svg#a"></use></svg>', "there is no missing.svg"),
    ('<meta http-equiv="Refresh" content="0;URL=\'../missing/\'">', "meta refresh “../missing/” is broken"),
    ('<meta property="og:image" content="missing.png">', "meta og:image"),
    ('<p style="background: url(missing.png)">x</p>', "p style “missing.png”"),
    ("<style>p { background: url('missing.png') }</style>", "style url() “missing.png”"),
    ('<p id="a">x</p>\n<p id="a">y</p>', "page/index.html:2: the id “a” is given twice"),
    ('<noscript><a href="missing/">x</a></noscript>', "a href"),
]


@pytest.mark.parametrize("page", SILENT)
def test_silent(tmp_path, page):
    assert check(site(tmp_path, index_html="Home", page__index_html=page), "/health/") == []


@pytest.mark.parametrize("page, message", FIRES)
def test_fires(tmp_path, page, message):
    found = check(site(tmp_path, index_html="Home", page__index_html=page), "/health/")
    assert len(found) == 1
    assert message in found[0]
    assert found[0].startswith("page/index.html:")


@pytest.mark.parametrize("base_path", ["/", "", "/health", "health/", "/a/b/"])
def test_every_way_to_write_the_base_path(tmp_path, base_path):
    clean = f"/{base_path.strip('/')}/".replace("//", "/")
    pages = site(tmp_path, index_html=f'<a href="{clean}target/">x</a><a href="{clean}missing/">x</a>')
    assert check(pages, base_path) == [
        f"index.html:1: a href “{clean}missing/” is broken: there is no missing/index.html"
    ]


def test_style_sheets_are_read_with_their_lines(tmp_path):
    css = (
        '/* url(no.png)\n*/\n@import "other.css";\np { background: url("../pic.png") }\nb { background: url(no.svg) }\n'
    )
    assert check(site(tmp_path, css__site_css=css)) == [
        "css/site.css:3: url() “other.css” is broken: there is no css/other.css",
        "css/site.css:5: url() “no.svg” is broken: there is no css/no.svg",
    ]


def test_the_page_for_missing_pages_must_not_depend_on_its_address(tmp_path):
    page = '<p id="a">x</p><a href="#a">x</a><a href="/target/">x</a>\n<a href="target/">x</a>'
    assert check(site(tmp_path, **{"404_html": page})) == [
        "404.html:2: a href “target/” is relative, but a host shows this page at any address"
    ]


def test_full_addresses_are_followed_where_the_origin_is_given(tmp_path):
    here = "https://example.org"
    pages = site(
        tmp_path,
        index_html=f'<link rel="canonical" href="{here}/health/">\n<link rel="canonical" href="{here}/health/gone/">',
        sitemap_xml=f"<urlset><url>\n<loc>{here}/health/target/</loc>\n<loc>{here}/health/gone/</loc></url></urlset>",
        feed_xml=f'<feed><link href="{here}/health/gone/"/><link href="https://example.org.evil/x"/></feed>',
    )
    assert check(pages, "/health/") == []
    assert [line.partition(" ")[0] for line in check(pages, "/health/", here)] == [
        "feed.xml:1:",
        "index.html:2:",
        "sitemap.xml:3:",
    ]


def test_an_empty_folder_does_not_pass(tmp_path):
    with pytest.raises(ValueError, match="no page"):
        check(tmp_path)
