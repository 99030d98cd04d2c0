"""A visitor's browser without scripts, that checks every page it is given and says what is wrong with it."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

HERE = "http://localhost"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
REDIRECTS = (301, 302, 303, 307, 308)
DATA_SCRIPTS = ("application/ld+json", "application/json")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POINTERS = {"for", "form", "aria-describedby", "aria-labelledby", "aria-controls"}
SAID = ("alt", "title", "aria-label", "content", "placeholder")
FETCHED = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
ELSEWHERE = re.compile(r"(?:^|,\s*)(?:[a-z]+:|//)")
# Words that only a template gone wrong shows: markup escaped twice, an expression, an empty value.
STRAY = re.compile(r"</?(?:span|p|a|div|br)\b|\{\{|\{%|\bUndefined\b|^\s*None\s*$|%\(\w+\)s|&(?:amp|lt|gt|#\d+);")


class Page:
    """One answer: its status, headers and, where it is HTML, what stands in it."""

    def __init__(self, path: str, answer: TestResponse) -> None:
        self.path = path
        self.status = answer.status_code
        self.headers = answer.headers
        self.body = answer.get_data()
        self.is_html = answer.mimetype == "text/html"
        self._soup: BeautifulSoup | None = None

    @property
    def html(self) -> str:
        return self.body.decode()

    @property
    def soup(self) -> BeautifulSoup:
        if self._soup is None:
            self._soup = BeautifulSoup(self.html, "html.parser")
        return self._soup

    @property
    def text(self) -> str:
        """What a reader sees in the page's body, blanks made one."""
        return " ".join((self.soup.find("main") or self.soup).get_text(" ").split())

    @property
    def language(self) -> str:
        return str(self.one("html")["lang"])

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def select(self, css: str) -> list[Tag]:
        return self.soup.select(css)

    def one(self, css: str) -> Tag:
        found = self.select(css)
        assert len(found) == 1, f"{self.path} has {len(found)} of “{css}”, not one"
        return found[0]

    def words(self, css: str) -> list[str]:
        return [" ".join(found.get_text(" ").split()) for found in self.select(css)]

    def links(self) -> Iterator[str]:
        """Paths of this shop that the page links to, without fragments."""
        for link in self.soup.find_all("a", href=True):
            address = urldefrag(urljoin(HERE + self.path, str(link["href"]))).url
            if address.startswith(HERE + "/"):
                yield address.removeprefix(HERE)


class Browser:
    """Keeps cookies and the current page. Every page must have the expected status and pass `check`."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        assert self._page is not None, "open a page first"
        return self._page

    def open(self, path: str, status: int = 200, **headers: str) -> Page:
        """Opens an address, following redirects within the shop."""
        return self._arrive("GET", path, status, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def follow(self, css: str, status: int = 200) -> Page:
        """Clicks the first link that fits."""
        found = self.select(css)
        assert found, f"{self.page.path} has no “{css}” to follow"
        return self.open(self._beside(str(found[0]["href"])), status)

    def submit(self, css: str = "main form[method=post]", status: int = 200, **fields: Any) -> Page:
        """Sends a form as it stands on the page, with these fields filled in; `None` leaves a field out."""
        form = self.page.select(css)
        assert form, f"{self.page.path} has no form “{css}”"
        data = {**_filled(form[0]), **{name: str(value) for name, value in fields.items() if value is not None}}
        data = {name: value for name, value in data.items() if fields.get(name, "") is not None}
        action = self._beside(str(form[0].get("action") or ""))
        if form[0].get("method", "get").lower() == "get":
            return self._arrive("GET", urlsplit(action).path, status, query_string=data)
        return self._arrive("POST", action, status, data=data)

    def post(self, path: str, status: int = 200, **fields: Any) -> Page:
        """Sends fields to an address, without a page that has such a form."""
        return self._arrive("POST", path, status, data=fields)

    def send(self, method: str, path: str, **given: Any) -> TestResponse:
        """One request and its bare answer: neither followed nor checked, and the page stays."""
        return self.client.open(path, method=method, base_url=HERE, **given)

    def select(self, css: str) -> list[Tag]:
        return self.page.select(css)

    def one(self, css: str) -> Tag:
        return self.page.one(css)

    @property
    def text(self) -> str:
        return self.page.text

    @property
    def path(self) -> str:
        return self.page.path

    def cookie(self, name: str) -> str | None:
        found = self.client.get_cookie(name, domain="localhost")
        return found.value if found else None

    def _beside(self, address: str) -> str:
        return urljoin(HERE + self.page.path, address).removeprefix(HERE)

    def _arrive(self, method: str, path: str, status: int, **given: Any) -> Page:
        headers = given.pop("headers", {})
        answer = self.send(method, path, headers=headers if method == "GET" else SAME_ORIGIN | headers, **given)
        if given.get("query_string"):
            path = answer.request.full_path if hasattr(answer.request, "full_path") else path
        for _ in range(5):
            if answer.status_code not in REDIRECTS or status in REDIRECTS:
                break
            path = urljoin(HERE + path, answer.headers["Location"])
            if not path.startswith(HERE + "/"):
                break  # to the pay page: another site
            path = path.removeprefix(HERE)
            answer = self.send("GET", path, headers=headers)
        self._page = Page(path, answer)
        assert answer.status_code == status, f"{method} {path} answered {answer.status_code}, not {status}"
        if self._page.is_html:
            check(self._page)
        return self._page


_passed: set[bytes] = set()
_nested: set[frozenset[tuple[str, ...]]] = set()


def check(page: Page) -> None:
    """Fails with everything that is wrong with a page."""
    mark = hashlib.sha256(page.path.encode() + page.body).digest()
    if mark not in _passed:
        look = Look(page)
        wrong = [*_is_guarded(page), *_is_well_nested(look), *look.wrong()]
        assert not wrong, f"{page.path} ({page.status}):\n  " + "\n  ".join(wrong)
        _passed.add(mark)


def _is_guarded(page: Page) -> Iterator[str]:
    for name, value in HEADERS.items():
        if page.headers.get(name) != value:
            yield f"header {name} is {page.headers.get(name)!r}"
    policy = page.headers.get("Content-Security-Policy", "")
    if not policy.startswith("default-src 'none'") or "unsafe" in policy:
        yield f"Content-Security-Policy is {policy!r}"


def _is_well_nested(look: Look) -> Iterator[str]:
    """By the HTML standard's own parser. It is slow: pages of parts that passed before are let through."""
    parts = frozenset((one.parent.name if one.parent else "", one.name, *one.attrs) for one in look.all)
    if parts in _nested:
        return
    page, parser = look.page, html5lib.HTMLParser()
    parser.parse(page.html)
    if not parser.errors:
        _nested.add(parts)
    for (line, column), code, about in parser.errors:
        yield f"HTML broken at {line}:{column}: {code} {about}: {page.html.splitlines()[line - 1].strip()[:120]}"


class Look:
    """One look at every element of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.all = page.soup.find_all(True)
        self.ids = Counter(str(one["id"]) for one in self.all if one.has_attr("id"))
        self.labelled = {one["for"] for one in self.all if one.name == "label" and one.get("for") and _words(one)}

    def wrong(self) -> Iterator[str]:
        yield from self._as_a_whole()
        for one in self.all:
            for law in (_field, _doors, _image, _nothing_inline, _from_here):
                if sentence := law(self, one):
                    yield f"{sentence}: {str(one)[:120]}"
            for attribute in POINTERS & one.attrs.keys():
                for name in _names(one[attribute]):
                    if name not in self.ids:
                        yield f'{attribute}="{name}" points nowhere'
            for said in (one.get(name) for name in SAID):
                if said and STRAY.search(str(said)):
                    yield f"stray in an attribute: {said}"
        for words in self.page.soup.find_all(string=STRAY):
            if words.parent is None or words.parent.name != "script":
                yield f"stray in the text: {words.strip()[:120]}"

    def _as_a_whole(self) -> Iterator[str]:
        heads = [_words(one) for one in self.all if one.name == "h1"]
        if len(heads) != 1 or not heads[0]:
            yield f"its <h1> are {heads}: a page has one"
        titles = [_words(one) for one in self.all if one.name == "title" and one.parent and one.parent.name == "head"]
        if len(titles) != 1 or not titles[0].split("·")[0].strip():
            yield f"its titles are {titles}: a page has one of its own"
        spoken, told = str(self.page.soup.html.get("lang", "")) if self.page.soup.html else "", self.page.path[1:3]
        if spoken not in ("vi", "en") or (told in ("vi", "en") and told != spoken):
            yield f'<html lang="{spoken}"> on this address'
        yield from (f"{count} elements with the id {name}" for name, count in self.ids.items() if count > 1)


def _names(value: Any) -> list[str]:
    return value if isinstance(value, list) else str(value).split()


def _words(one: Tag) -> str:
    return one.get_text(strip=True)


def _field(look: Look, one: Tag) -> str | None:
    if one.name not in ("input", "select", "textarea") or one.get("type") == "hidden" or one.get("aria-label"):
        return None
    around = one.find_parent("label")
    return None if one.get("id") in look.labelled or (around and _words(around)) else "no label"


def _doors(_look: Look, one: Tag) -> str | None:
    if one.name == "a" and str(one.get("href", "")).startswith("#") and str(one["href"])[1:] not in _look.ids:
        return "points nowhere"
    if one.name not in ("a", "button") or one.get("aria-hidden") == "true":
        return None
    named = _words(one) or one.get("aria-label") or any(image.get("alt") for image in one.find_all("img"))
    return None if named else "no words"


def _image(look: Look, one: Tag) -> str | None:
    if one.name == "use" and str(one.get("href", "")).removeprefix("#") not in look.ids:
        return "draws what is not there"
    if one.name != "img" or (one.has_attr("alt") and one.get("width") and one.get("height")):
        return None
    return "no alt, width or height"


def _nothing_inline(_look: Look, one: Tag) -> str | None:
    if one.name == "style" or one.has_attr("style"):
        return "inline style"
    if any(name.startswith("on") for name in one.attrs):
        return "a handler in the page"
    return (
        "inline script" if one.name == "script" and not one.get("src") and one.get("type") not in DATA_SCRIPTS else None
    )


def _from_here(_look: Look, one: Tag) -> str | None:
    """What the browser fetches or sends to by itself; links to other sites may be followed by people."""
    told = [one.get("src"), one.get("srcset"), one.get("action")]
    if one.name == "use" or (one.name == "link" and FETCHED & set(one.get("rel") or [])):
        told.append(one.get("href"))
    if one.name == "a" and str(one.get("href", "")).lower().startswith("javascript:"):
        return "a script as an address"
    return "from another place" if any(ELSEWHERE.search(str(address)) for address in told if address) else None


def _filled(form: Tag) -> dict[str, str]:
    """What the form would send as it stands; of a radio group the checked one, of buttons the first."""
    data: dict[str, str] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        name, kind = str(field["name"]), field.get("type", "")
        if field.name == "select":
            chosen = field.select("option[selected]") or field.select("option")
            data[name] = str(chosen[0].get("value", "")) if chosen else ""
        elif field.name == "textarea":
            data[name] = field.get_text()
        elif kind in ("radio", "checkbox"):
            if field.has_attr("checked"):
                data[name] = str(field.get("value", "on"))
        else:
            data[name] = str(field.get("value", ""))
    return data


def query_of(path: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(path).query, keep_blank_values=True))
