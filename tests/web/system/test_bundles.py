"""Anybody takes a product's file and the verifier home, and both work there."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shop.core.db import transaction
from shop.provenance import recognising
from shop.provenance.log import heads, publishing, trusting
from shop.provenance.standards import issuing, status_list
from shop.web.starting import shop_config
from tests.factories import BY, SECOND, a_certificate, a_product
from tests.provenance.log.conftest import WHY, own_keys  # noqa: F401

pytestmark = pytest.mark.usefixtures("app", "own_keys")


@pytest.fixture
def client(app: Any) -> Any:
    """Machines ask here, so nothing looks for a title."""
    return app.test_client()


def published(app: Any) -> None:
    status_list.renew(shop_config(app).log, issuing.issuer(shop_config(app).public_url))
    heads.publish_heads(shop_config(app).log)
    publishing.publish(shop_config(app).log)


def test_a_product_has_its_bundle(app: Any, client: Any) -> None:
    product = a_product(stars=4)
    published(app)
    page = client.get(f"/bundle/{product.slug}.ocop")
    assert page.status_code == 200 and page.data[:2] == b"PK"
    assert page.headers["Access-Control-Allow-Origin"] == "*"
    assert b"credential.json" in page.data and b"status.json" in page.data
    assert f'filename="{product.slug}.ocop"' in page.headers["Content-Disposition"]


def test_an_unchanged_bundle_is_not_sent_twice_and_a_revoked_one_is_new(app: Any, client: Any) -> None:
    product = a_product()
    certificate = a_certificate(product, stars=4)
    published(app)
    etag = client.get(f"/bundle/{product.slug}.ocop").headers["ETag"]
    again = client.get(f"/bundle/{product.slug}.ocop", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    with transaction():
        day = certificate.valid_from
        recognising.revoke(certificate, by=BY, approved_by=SECOND, from_day=day, decision_no="M-1", reason=WHY)
    published(app)
    assert client.get(f"/bundle/{product.slug}.ocop", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("path", ["/bundle/none.ocop", "/tools/none.pyz", "/tools/../config.pyz"])
def test_what_is_not_there_is_not_found(client: Any, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_product_the_log_does_not_know_yet_has_no_bundle(client: Any) -> None:
    product = a_product()
    assert client.get(f"/bundle/{product.slug}.ocop").status_code == 404


def test_the_programs_are_the_ones_whose_sums_are_shown(client: Any) -> None:
    sums = dict(reversed(line.split("  ")) for line in client.get("/tools/sha256sums.txt").data.decode().splitlines())
    assert set(sums) == {"ocop-verify.pyz", "ocop-witness.pyz"}
    for name, digest in sums.items():
        assert hashlib.sha256(client.get(f"/tools/{name}").data).hexdigest() == digest


def test_a_visitor_judges_the_bundle_at_home(app: Any, client: Any, tmp_path: Path) -> None:
    product = a_product(stars=5)
    published(app)
    (tmp_path / "tea.ocop").write_bytes(client.get(f"/bundle/{product.slug}.ocop").data)
    (tmp_path / "ocop-verify.pyz").write_bytes(client.get("/tools/ocop-verify.pyz").data)
    (tmp_path / "policy.txt").write_text(trusting.policy().text)
    command = [sys.executable, "ocop-verify.pyz", "tea.ocop", "--policy", "policy.txt"]
    given: dict[str, Any] = {"cwd": tmp_path, "capture_output": True, "env": {**os.environ, "PYTHONPATH": ""}}
    assert subprocess.run(command, **given, check=False).returncode == 3, "nobody has witnessed it yet"
    said = subprocess.run([*command, "--accept-unwitnessed"], **given, check=False)
    assert said.returncode == 0, said.stderr
