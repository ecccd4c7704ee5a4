"""Addresses: slugs, base paths, local and absolute addresses, output paths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthsite import urls


@pytest.mark.parametrize("text", ["a", "0", "leg-cramp", "b12", "2-in-1"])
def test_a_slug(text):
    assert urls.is_slug(text)


@pytest.mark.parametrize("text", ["", "-", "-a", "a-", "a--b", "A", "ä", "a b", "a_b", "a.b", "a/b", "a\n", "\uff11"])
def test_no_slug(text):
    assert not urls.is_slug(text)


@pytest.mark.parametrize("text, slug", [
    ("Leg Cramp", "leg-cramp"), ("Ärger im Fuß", "arger-im-fu"), ("vitamin_B12!", "vitamin-b12"), ("--a--b--", "a-b"), ("日本", ""), ("", ""), ("ﬁve", "five"),
])  # fmt: skip
def test_the_nearest_slug(text, slug):
    assert urls.slugify(text) == slug


@given(st.text())
def test_a_proposed_slug_is_a_slug_and_is_its_own_nearest(text):
    slug = urls.slugify(text)
    assert slug == "" or urls.is_slug(slug)
    assert urls.slugify(slug) == slug


@pytest.mark.parametrize("address, scheme", [
    ("https://e.org/a", "https"), ("HTTP://e.org", "http"), ("mailto:a@e.org", "mailto"), ("tel:999", "tel"), ("javascript:x", "javascript"),
    ("https:", ""), ("https:e.org", ""), ("mailto:", ""), ("e.org", ""), ("//e.org", ""), ("https://[", ""), ("", ""),
])  # fmt: skip
def test_the_scheme_of_an_address_that_is_whole(address, scheme):
    assert urls.scheme(address) == scheme


@pytest.mark.parametrize("base_url, base", [
    ("https://e.org", "/"), ("https://e.org/", "/"), ("https://e.org/health", "/health/"), ("https://e.org/a/b/", "/a/b/"), ("https://e.org//health//?q#f", "/health/"),
])  # fmt: skip
def test_the_base_path_of_an_address(base_url, base):
    assert urls.base_path(base_url) == base


@pytest.mark.parametrize("base, local, address", [
    ("/", "/", "/"), ("/", "/causes/x/", "/causes/x/"), ("/health/", "/", "/health/"), ("/health/", "/causes/x/", "/health/causes/x/"), ("/health/", "/feed.xml", "/health/feed.xml"),
])  # fmt: skip
def test_an_address_stands_under_the_base_path(base, local, address):
    assert urls.address(base, local) == address


@pytest.mark.parametrize("base_url", ["https://e.org/health", "https://e.org/health/"])
def test_an_absolute_address_has_one_slash_between_its_parts(base_url):
    assert urls.absolute(base_url, "/causes/x/") == "https://e.org/health/causes/x/"
    assert urls.absolute(base_url, "/") == "https://e.org/health/"


@pytest.mark.parametrize("local, path", [
    ("/", "index.html"), ("/causes/x/", "causes/x/index.html"), ("/404.html", "404.html"), ("/feed.xml", "feed.xml"),
])  # fmt: skip
def test_the_file_behind_an_address(local, path):
    assert urls.output_path(local) == path


def test_an_article_has_an_address_and_a_file_of_its_own():
    assert urls.local("causes/dehydration") == "/causes/dehydration/"
    assert urls.output_path(urls.local("causes/dehydration")) == "causes/dehydration/index.html"


def test_an_articles_file_is_the_one_behind_its_address():
    assert urls.article_output("causes/thirst") == urls.output_path(urls.local("causes/thirst"))
    assert urls.article_at(urls.article_output("causes/thirst")) == "causes/thirst"
