"""The office brings in a decision of 104 products and revokes one; a visitor sees it everywhere and checks it alone."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import db
from shop.provenance.log import publishing
from shop.provenance.status import State, statuses
from shop.sample.filling import PASSWORD
from tests.journeys.conftest import WalksIn
from tests.journeys.shopper import Shopper
from tests.served import Served

LAPTOP = {"width": 1280, "height": 900}
PRODUCTS = 104
HEAD = ["STT", "Mã sản phẩm", "Tên sản phẩm", "Chủ thể", "Điểm A", "Điểm B", "Điểm C", "Tổng điểm", "Hạng sao"]
SCORES = ("30,5", "20", "27,25", "77,75", "4 sao")


@pytest.fixture
def chosen(served: Served) -> list[tuple[str, str, str]]:
    """(slug, name, maker) of 104 products that the city may recognise with four stars."""
    with served.back_room.app_context():
        found = select(Product).where(Product.published_at.is_not(None)).order_by(Product.id)
        products = db.session.scalars(found.options(joinedload(Product.producer))).all()
        judged = statuses([product.id for product in products], clock.today())
        fit = [p for p in products if judged[p.id].state in (State.VALID, State.EXPIRED, State.NONE) and p.in_stock]
        return [(p.slug, p.name["vi"], p.producer.name) for p in fit[:PRODUCTS]]


@pytest.fixture
def decided(chosen: list[tuple[str, str, str]], tmp_path: Path) -> Path:
    file = tmp_path / "danh-sach-104-san-pham.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow([*HEAD, "Số giấy chứng nhận"])
        for place, (slug, name, maker) in enumerate(chosen, 1):
            writer.writerow([place, slug, name, maker, *SCORES, f"MẪU-{place:03}/2026/QĐ-1147"])
    return file


def official(walks_in: WalksIn, mail: str) -> Shopper:
    person = walks_in("vi", viewport=LAPTOP)
    person.opens("sign-in?next=/vi/office/")
    person.page.locator("[name=email]").fill(mail)
    person.page.locator("[name=password]").fill(PASSWORD)
    person.sends("main form[method=post] button")
    person.opens("office/")
    return person


def approves(second: Shopper, proposal: str) -> None:
    second.opens(proposal)
    second.page.locator("[name=password]").fill(PASSWORD)
    second.sends("button[name=approve]")


def test_a_decision_comes_in_a_certificate_goes_and_everybody_can_check_it(
    served: Served, walks_in: WalksIn, chosen: list[tuple[str, str, str]], decided: Path, tmp_path: Path
) -> None:
    assert len(chosen) == PRODUCTS
    first, second = official(walks_in, "office@phonghe.example"), official(walks_in, "office-2@phonghe.example")
    visitor = walks_in("en")

    first.opens("office/imports")
    first.page.locator("[name=number]").fill("MẪU-1147/QĐ-UBND")
    first.page.locator("[name=day]").fill(clock.today().isoformat())
    first.page.locator("[name=file]").set_input_files(decided)
    first.sends()
    expect(first.page.locator(".import-count--new dd")).to_have_text(str(PRODUCTS))
    first.sends("form.import-go button")
    proposal = first.path
    assert re.fullmatch(r"/vi/office/proposals/\d+", proposal)
    assert first.page.locator("[name=password]").count() == 0, "who proposes cannot approve"
    approves(second, proposal)

    slug = chosen[0][0]
    visitor.opens(f"products/{slug}")
    visitor.sees(".product__stars .stars")
    visitor.buys(f"/en/products/{slug}")

    first.opens(f"office/products/{slug}")
    first.follows('a[href*="/decisions/revocation"]')
    for name, value in {
        "decision_no": "MẪU-1200/QĐ-UBND",
        "reason_vi": "Mẫu không đạt",
        "reason_en": "It failed",
    }.items():
        first.page.locator(f"[name={name}]").fill(value)
    for name in ("decision_date", "day"):
        first.page.locator(f"[name={name}]").fill(clock.today().isoformat())
    first.page.locator("[name=grounds]").select_option("food-safety")
    first.sends('button[name=step][value="preview"]')
    first.sends('button[name=step][value="proposal"]')
    approves(second, first.path)

    visitor.opens(f"products/{slug}")
    assert visitor.page.locator(".product__stars .stars").count() == 0
    visitor.sees(".certificate-panel .standing--revoked")
    visitor.opens("basket")
    visitor.sees(".basket-line", says="without stars")
    visitor.opens(f"proof/{slug}")
    visitor.sees(".verdict", says="Revoked")
    assert visitor.page.locator(".verdict .stars").count() == 0

    everything_is_signed(visitor, served)
    checked(visitor, served, tmp_path, slug, "--accept-unwitnessed", wanted=2)
    checked(visitor, served, tmp_path, chosen[1][0], wanted=3)
    checked(visitor, served, tmp_path, chosen[1][0], "--accept-unwitnessed", wanted=0)


def everything_is_signed(visitor: Shopper, served: Served) -> None:
    """The log is published a moment after the deed; until then a bundle ends before it."""
    with served.back_room.app_context():
        size = publishing.size_now()
    for _ in range(50):
        signed = visitor.page.request.get(f"{served.address}/log/checkpoint").text()
        if int(signed.splitlines()[1]) >= size:
            return
        visitor.page.wait_for_timeout(200)
    raise AssertionError(f"the log of {size} events is not signed: {signed}")


def checked(visitor: Shopper, served: Served, tmp_path: Path, slug: str, *more: str, wanted: int) -> None:
    """Takes the bundle home from the proof page and judges it with the network out of reach."""
    visitor.opens(f"proof/{slug}")
    with visitor.page.expect_download() as coming:
        visitor.page.locator('a[href$=".ocop"]').first.click()
    bundle, program, policy = tmp_path / f"{slug}.ocop", tmp_path / "ocop-verify.pyz", tmp_path / "policy.txt"
    coming.value.save_as(bundle)
    for name, file in (("tools/ocop-verify.pyz", program), ("policy.txt", policy)):
        answer = visitor.page.request.get(f"{served.address}/{name}")
        assert answer.ok
        file.write_bytes(answer.body())
    alone = [sys.executable, str(program), str(bundle), "--policy", str(policy), *more]
    if shutil.which("unshare") and subprocess.run(["unshare", "-rn", "true"], check=False).returncode == 0:
        alone = ["unshare", "-rn", *alone]
    said = subprocess.run(alone, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert said.returncode == wanted, said.stdout + said.stderr
