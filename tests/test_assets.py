"""Assets: fingerprinted names, and style sheets that name them."""

import pytest

from healthsite.assets import dump, load, read_assets
from healthsite.digest import of_bytes
from healthsite.model import Finding
from tests.linked import lines

SVG = b"<svg/>"


def read(files):
    found, findings = read_assets({name: of_bytes(data) for name, data in files.items()}, files.__getitem__)
    return {asset.name: asset for asset in found}, lines(findings)


def fingerprinted(name: str, data: bytes) -> str:
    stem, _, extension = name.rpartition(".")
    return f"assets/{stem}.{of_bytes(data)[:10]}.{extension}"


@pytest.mark.parametrize("name", ["icons/icon.svg", "js/a.min.js", "a b.png", "ä.txt", "css/site.css"])
def test_an_asset_goes_to_a_name_that_holds_its_content(name):
    assets, findings = read({name: b"one"})
    assert findings == []
    assert assets[name].output == fingerprinted(name, b"one")
    assert assets[name].data is None
    assert read({name: b"two"})[0][name].output != assets[name].output


def test_what_stands_in_root_keeps_its_name():
    assets, _ = read({"root/favicon.ico": b"x", "root/deep/er.txt": b"x"})
    assert {asset.output for asset in assets.values()} == {"favicon.ico", "deep/er.txt"}


@pytest.mark.parametrize("name", ["LICENSE", "fonts/LICENSE", "a.b/c"])
def test_a_name_without_an_extension(name):
    assert read({name: b"x"})[0][name].output == f"assets/{name}.{of_bytes(b'x')[:10]}"


REWRITTEN = [
    'a{b:url(../icons/x.svg)}',
    'a{b:url("../icons/x.svg")}',
    "a{b:url('../icons/x.svg')}",
    'a{b:url( "../icons/x.svg" )}',
    "a{b:url( ../icons/x.svg )}",
    "a{b:url(./../icons/../icons/x.svg)}",
]  # fmt: skip


@pytest.mark.parametrize("css", REWRITTEN)
def test_a_style_sheets_address_becomes_the_fingerprinted_one_beside_it(css):
    assets, findings = read({"css/site.css": css.encode(), "icons/x.svg": SVG})
    expected = f'a{{b:url("../{fingerprinted("icons/x.svg", SVG).removeprefix("assets/")}")}}'.encode()
    assert findings == []
    assert assets["css/site.css"].data == expected
    assert assets["css/site.css"].digest == of_bytes(expected)
    assert assets["css/site.css"].output == fingerprinted("css/site.css", expected)


def test_a_fragment_stays():
    assets, _ = read({"a.css": b"a{b:url(x.svg#dot)}", "x.svg": SVG})
    assert assets["a.css"].data == f'a{{b:url("{fingerprinted("x.svg", SVG).removeprefix("assets/")}#dot")}}'.encode()


def test_a_style_sheet_at_the_root_finds_its_way_to_the_assets():
    assets, _ = read({"root/old.css": b"a{b:url(../icons/x.svg)}", "icons/x.svg": SVG})
    assert assets["root/old.css"].output == "old.css"
    assert assets["root/old.css"].data == f'a{{b:url("{fingerprinted("icons/x.svg", SVG)}")}}'.encode()


def test_a_picture_that_changes_changes_the_name_of_the_style_sheet_that_shows_it():
    css = b"a{b:url(x.svg)}"
    first, second = (read({"a.css": css, "x.svg": data})[0]["a.css"] for data in (b"1", b"2"))
    assert first.output != second.output
    assert first.digest != second.digest


@pytest.mark.parametrize("css", [
    "a{b:c}",
    "a{b:url(data:image/svg+xml;base64,AAAA)}",
    'a{b:url("data:image/svg+xml,<svg/>")}',
    "a{b:url(https://example.org/x.png)}",
    "a{b:url(#here)}",
    "a{content:'/* no comment, no url(gone.png), no @import */'}",
    "",
    "\ufeffa{b:c}",
])  # fmt: skip
def test_all_else_is_left_as_it_is(css):
    assets, findings = read({"css/site.css": css.encode()})
    assert findings == []
    assert assets["css/site.css"].data is None


@pytest.mark.parametrize("css, expected", [
    (b"a{b:c}\n\n  d{e:url(gone.png)}", "3:7: error: there is no \u201cgone.png\u201d beside this style sheet"),
    (b"a{b:url(/icons/x.svg)}", "1:5: error: there is no \u201c/icons/x.svg\u201d beside this style sheet"),
    (b"a{b:url(../../icons/x.svg)}", "1:5: error: there is no \u201c../../icons/x.svg\u201d beside this style sheet"),
    (b"/* url(x) */ a{b:url(gone.png#a)}", "1:18: error: there is no \u201cgone.png\u201d beside this style sheet"),
    ("é{b:c}\né{b:url(é.png)}".encode(), "2:5: error: there is no \u201cé.png\u201d beside this style sheet"),
    (b"a{}\n@import url(b.css);", '2:1: error: a style sheet takes in another one by @import "name.css"; and no other way'),
    (b'@import "b.css" print;', '1:1: error: a style sheet takes in another one by @import "name.css"; and no other way'),
    (b'a{}\n@import "c.css";', "2:1: error: there is no \u201cc.css\u201d beside this style sheet"),
    (b'@import "site.css";', "1:1: error: \u201csite.css\u201d takes this style sheet in itself"),
    (b"a{b:c}\nd{content:'caf\xe9'}", "2:15: error: this style sheet is not UTF-8 from here on"),
])  # fmt: skip
def test_an_address_that_leads_nowhere_is_an_error_at_its_place(css, expected):
    assert read({"css/site.css": css, "css/b.css": b"b{c:d}"})[1] == [f"static/css/site.css:{expected}"]


@pytest.mark.parametrize("css, expected", [
    ("/* url(gone.png), and no @import */a{b:c}", "a{b:c}"),
    ("a {\n  b: c;\n\n  /* why */\n  d: e;\n}\n", "a{b:c;d:e}"),
    ("a{b:c}\r\n", "a{b:c}"),
    ("a > b ,\nc :hover { d: calc(1px + 2px) }", "a>b,c :hover{d:calc(1px + 2px)}"),
    ('@media (min-width: 9px) { a::before { content: " ; } > : " / "" } }', '@media (min-width:9px){a::before{content:" ; } > : " / ""}}'),
    ("a{b:'  {  '}\nc{--d: e , f}", "a{b:'  {  '}c{--d:e,f}"),
])  # fmt: skip
def test_comments_and_indentation_stay_at_home(css, expected):
    assets, findings = read({"css/site.css": css.encode()})
    assert findings == []
    assert assets["css/site.css"].data == expected.encode()


@pytest.mark.parametrize("script, expected", [
    ("// why\n  a();\n\n    // more\n  b(); // stays\n", "a();\nb(); // stays"),
    ("a(`one line`);\n  b();", "a(`one line`);\nb();"),
    ("a(`two\n  // lines`);\n", "a(`two\n  // lines`);\n"),
    ("a('two\\\n  // lines');\n", "a('two\\\n  // lines');\n"),
])  # fmt: skip
def test_comments_and_indentation_of_a_script_stay_at_home_where_that_is_safe(script, expected):
    assets, _ = read({"js/site.js": script.encode()})
    data = assets["js/site.js"].data
    assert (script.encode() if data is None else data) == expected.encode()


def test_a_style_sheet_takes_in_others_where_it_names_them():
    files = {
        "site.css": b"@import \"parts/a.css\";\n@import 'parts/b.css';\nz{y:x}",
        "parts/a.css": b"\xef\xbb\xbfa{b:url(../x.svg)}",
        "parts/b.css": b'@import "c.css";b{c:d}',
        "parts/c.css": b"c{d:e}",
        "x.svg": SVG,
    }
    assets, findings = read(files)
    assert findings == []
    picture = fingerprinted("x.svg", SVG).removeprefix("assets/")
    assert assets["site.css"].data == f'a{{b:url("{picture}")}}c{{d:e}}b{{c:d}}z{{y:x}}'.encode()
    # What stands inside another sheet is not published a second time.
    assert set(assets) == {"site.css", "x.svg"}


def test_a_sheet_that_changes_changes_the_name_of_the_one_that_takes_it_in():
    first, second = (read({"a.css": b'@import "b.css";', "b.css": data})[0]["a.css"] for data in (b"b{}", b"c{}"))
    assert first.output != second.output


def test_a_mistake_in_a_sheet_that_is_taken_in_is_told_where_it_is():
    found = read({"a.css": b'@import "b.css";', "b.css": b"\nb{c:url(gone.png)}"})[1]
    assert set(found) == {"static/b.css:2:5: error: there is no \u201cgone.png\u201d beside this style sheet"}


def test_every_mistake_of_every_style_sheet_is_reported():
    css = b"a{b:url(one.png)}\nc{d:url(two.png)}"
    assert len(read({"a.css": css, "b.css": css})[1]) == 4


def test_the_order_of_the_files_changes_nothing():
    files = {"z.css": b"a{b:url(y.svg)}", "y.svg": SVG, "a.css": b"a{b:url(y.svg)}"}
    assert read(files)[0] == read(dict(reversed(files.items())))[0]


DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 24"><g/></svg>'


def test_a_drawing_has_a_size_and_other_files_have_none():
    assets, findings = read({"pictures/a.svg": DRAWING, "icons/a.svg": DRAWING})
    assert findings == []
    assert (assets["pictures/a.svg"].size, assets["icons/a.svg"].size) == ((32, 24), None)


@pytest.mark.parametrize("name, data, found", [
    ("pictures/A.svg", DRAWING, "1:1: error: this is not the name of a drawing (name it like first-step.svg; other pictures belong elsewhere in static/)"),
    ("pictures/a.png", b"", "1:1: error: this is not the name of a drawing (name it like first-step.svg; other pictures belong elsewhere in static/)"),
    ("pictures/a.svg", DRAWING.replace(b"<g", b"<image/><g"), "1:61: error: a page would not show <image> of a drawing (a drawing is lines, shapes and text)"),
    ("pictures/a.svg", DRAWING.replace(b"<g", b'\n<style>@import "gone.css";</style><g'), "2:8: error: there is no “gone.css” beside this style sheet"),
])  # fmt: skip
def test_what_no_page_can_show_of_a_drawing_is_an_error(name, data, found):
    assert read({name: data})[1] == [f"static/{name}:{found}"]


def test_a_drawing_has_its_style_sheet_in_it_because_a_picture_loads_nothing_else():
    files = {
        "icons/back.css": b'a{b:url("../pictures/a.svg")}',
        "pictures/a.svg": DRAWING.replace(b"<g", b'<style>@import "../css/ink.css";</style><g'),
        "css/ink.css": b"/* dark */ svg > g { color: red; }",
    }
    assets, findings = read(files)
    assert findings == []
    expected = DRAWING.replace(b"<g", b"<style>svg&gt;g{color:red}</style><g")
    assert assets["pictures/a.svg"].data == expected
    assert assets["pictures/a.svg"].output == fingerprinted("pictures/a.svg", expected)
    assert assets["pictures/a.svg"].output.removeprefix("assets/").encode() in (assets["icons/back.css"].data or b"")
    assert "css/ink.css" not in assets


def test_a_drawing_is_otherwise_published_letter_by_letter():
    latin = b'<?xml version="1.0" encoding="latin-1"?>' + DRAWING.replace(b"<g/>", b"<text>\xe4</text>")
    assets, findings = read({"pictures/a.svg": latin})
    assert findings == []
    assert assets["pictures/a.svg"].data is None


def test_what_the_store_keeps_of_assets_is_all_of_them():
    files = {
        "a.css": b'a{b:url("pictures/b.svg")}',
        "pictures/b.svg": DRAWING,
        "c.bin": b"\xff\x00",
        "d.css": "é{b:url(no)}".encode(),
    }
    digests = {name: of_bytes(data) for name, data in files.items()}
    found = read_assets(digests, files.__getitem__)
    assert load(dump(*found)) == found
    assert [type(item) for item in load(dump(*found))[1]] == [Finding]
