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
        for link in self.select("a[href], link[rel=alternate][href]"):
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


def check(page: Page) -> None:
    """Fails with everything that is wrong with a page."""
    mark = hashlib.sha256(page.path.encode() + page.body).digest()
    if mark not in _passed:
        wrong = [sentence for law in LAWS for sentence in law(page)]
        assert not wrong, f"{page.path} ({page.status}):\n  " + "\n  ".join(wrong)
        _passed.add(mark)


def _is_well_nested(page: Page) -> Iterator[str]:
    parser = html5lib.HTMLParser()
    parser.parse(page.html)
    for (line, column), code, about in parser.errors:
        yield f"HTML broken at {line}:{column}: {code} {about}: {page.html.splitlines()[line - 1].strip()[:120]}"


def _says_what_it_is(page: Page) -> Iterator[str]:
    heads = page.select("h1")
    if len(heads) != 1 or not heads[0].get_text(strip=True):
        yield f"{len(heads)} <h1>, or an empty one: a page has one"
    titles = page.select("head > title")
    if len(titles) != 1 or not titles[0].get_text().split("·")[0].strip():
        yield "no <title> of its own"
    spoken = page.soup.html.get("lang", "") if page.soup.html else ""
    told = page.path[1:3]
    if spoken not in ("vi", "en") or (told in ("vi", "en") and told != spoken):
        yield f'<html lang="{spoken}"> on this address'


def _labels_its_inputs(page: Page) -> Iterator[str]:
    labelled = {label["for"] for label in page.select("label[for]") if label.get_text(strip=True)}
    for field in page.select("input, select, textarea"):
        if field.get("type") == "hidden" or field.get("aria-label"):
            continue
        around = field.find_parent("label")
        if field.get("id") not in labelled and not (around and around.get_text(strip=True)):
            yield f"no label for {str(field)[:100]}"
    for one in page.select("a[href], button"):
        named = one.get_text(strip=True) or one.get("aria-label") or one.select("img[alt]:not([alt=''])")
        if not named and one.get("aria-hidden") != "true":
            yield f"no words in {str(one)[:100]}"
    for image in page.select("img"):
        if image.get("alt") is None or not (image.get("width") and image.get("height")):
            yield f"no alt, width or height on {str(image)[:100]}"


def _names_things_once(page: Page) -> Iterator[str]:
    ids = Counter(str(one["id"]) for one in page.select("[id]"))
    yield from (f"{count} elements with the id {name}" for name, count in ids.items() if count > 1)
    for attribute in ("for", "form", "aria-describedby", "aria-labelledby", "aria-controls"):
        for one in page.select(f"[{attribute}]"):
            for name in str(one[attribute]).split():
                if name not in ids:
                    yield f'{attribute}="{name}" points nowhere'
    for link in page.select("a[href^='#'], use[href^='#']"):
        if str(link["href"])[1:] not in ids:
            yield f"{link['href']} points nowhere"


def _holds_nothing_inline(page: Page) -> Iterator[str]:
    yield from (f"inline style: {str(one)[:100]}" for one in page.select("style, [style]"))
    for script in page.select("script"):
        if not script.get("src") and script.get("type") not in DATA_SCRIPTS:
            yield f"inline script: {str(script)[:100]}"
    for one in page.soup.find_all(True):
        yield from (f"a handler in the page: {name} on <{one.name}>" for name in one.attrs if name.startswith("on"))
    for one in page.select("[src], [srcset], link[rel=stylesheet], link[rel=icon], use[href], form[action]"):
        for address in filter(None, (one.get("src"), one.get("href"), one.get("action"), one.get("srcset"))):
            if re.search(r"(?:^|,\s*)(?:[a-z]+:|//)", str(address)):
                yield f"from another place: {address}"


def _shows_no_stray_markup(page: Page) -> Iterator[str]:
    shown = [str(text) for text in page.soup.find_all(string=True) if text.parent and text.parent.name != "script"]
    told = ("alt", "title", "aria-label", "content", "placeholder", "value")
    shown += [str(one[name]) for name in told for one in page.select(f"[{name}]") if one.name != "option"]
    yield from (f"stray: {words.strip()[:120]}" for words in shown if STRAY.search(words))


def _is_guarded(page: Page) -> Iterator[str]:
    for name, value in HEADERS.items():
        if page.headers.get(name) != value:
            yield f"header {name} is {page.headers.get(name)!r}"
    policy = page.headers.get("Content-Security-Policy", "")
    if not policy.startswith("default-src 'none'") or "unsafe" in policy:
        yield f"Content-Security-Policy is {policy!r}"


LAWS = (
    _is_well_nested,
    _says_what_it_is,
    _labels_its_inputs,
    _names_things_once,
    _holds_nothing_inline,
    _shows_no_stray_markup,
    _is_guarded,
)


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
