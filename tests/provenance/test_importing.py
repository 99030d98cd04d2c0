"""A decision's list comes in as offices send it; what is wrong is said by line, and the same file changes nothing."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from datetime import date
from random import Random

import pytest
from sqlalchemy import func, select

from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.core.refusal import Refusal
from shop.provenance import proposing, rules
from shop.provenance.importing import example, previewing, tables, wrongs
from shop.provenance.importing.headings import ColumnTwice, MissingColumns, NoHeadings, field_of, find
from shop.provenance.importing.previewing import Heading, LineState, NoLines, NothingNew, NotYetDecided, StillWrong
from shop.provenance.importing.rows import rows_of
from shop.provenance.log.models import Event
from shop.provenance.models import Authority, Certificate, CriteriaSet
from tests.factories import BY, SECOND, a_certificate, a_producer, a_product
from tests.provenance.decision_lists import (
    FIRST,
    PRODUCTS,
    a_season,
    as_csv,
    as_decided,
    as_xlsx,
    changed,
    in_windows_letters,
    plain,
    repacked,
)

pytestmark = pytest.mark.usefixtures("tuesday", "app")
DECIDED = date(2026, 3, 4)
NUMBER = "1147/QĐ-UBND"


def the(model, code):
    return db.session.scalars(select(model).where(model.code == code)).one()


def heading(**given):
    known = {"number": NUMBER, "day": DECIDED, "authority": "ha-noi", "criteria": "148-2023"} | given
    return Heading(
        known["number"], known["day"], the(Authority, known["authority"]), the(CriteriaSet, known["criteria"])
    )


def preview(data, *, numbered=False, **given):
    return previewing.preview(tables.read(data), heading(**given), numbered=numbered)


def rows(data, **given):
    return rows_of(find(tables.read(data), **given))[0]


def propose(data, **given):
    with transaction():
        return previewing.propose(preview(data, **given), by=BY, file="danh-sach.csv")


def enter(data, **given):
    proposal = propose(data, **given)
    with transaction():
        proposing.approve(proposal, by=SECOND)
    db.session.expire_all()


def counts(made):
    return {state.value: count for state, count in made.counts.items() if count}


def sentences(made):
    return {line.row.line: [str(wrong) for wrong in line.row.wrong] for line in made.lines if line.row.wrong}


def wrong(data, **given):
    """The one thing that is wrong with the one product of this list."""
    (line,) = preview(data, **given).lines
    (found,) = line.row.wrong
    assert line.state is LineState.WRONG
    return found


# ---- files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_a_csv_is_read_in_every_usual_encoding_and_parting(delimiter, encoding):
    listed = plain([a_product(name=Texts(vi="Nước mắm cốt Đường Lâm", en="Fish sauce"))])
    sign = in_windows_letters if encoding == "cp1258" else str
    data = as_csv(listed, delimiter=delimiter, encoding=encoding, sign=sign)
    (row,) = rows(data)
    assert (row.name, row.stars, row.scores) == ("Nước mắm cốt Đường Lâm", 4, {"a": 3150, "b": 2000, "c": 2725})
    assert row.wrong == []
    assert tables.read(data).guessed == ("windows-1258" if encoding == "cp1258" else "")


def test_text_taken_apart_means_the_same():
    listed = plain([a_product(name=Texts(vi="Bưởi Diễn sấy dẻo", en="Pomelo"))])
    made = preview(as_csv(listed, sign=lambda text: unicodedata.normalize("NFD", text)))
    assert counts(made) == {"new": 1}
    assert made.lines[0].row.name == "Bưởi Diễn sấy dẻo"


def test_excels_own_first_line_is_passed_over():
    assert len(rows(b"sep=;\r\n" + as_csv(plain([a_product()]), delimiter=";"))) == 1


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", tables.NoFile),
        (b" \r\n", tables.NoFile),
        (b"x" * (tables.MOST_BYTES + 1), tables.TooLarge),
        (b"\xd0\xcf\x11\xe0" + bytes(600), tables.OldWorkbook),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), (tables.NotATable, tables.StrangeLetters)),
        (b"%PDF-1.7\n\x01\x02\xff\xfe", (tables.NotATable, tables.StrangeLetters)),
        (b"PK\x03\x04 cut short", tables.Unreadable),
        ("Tªn s¶n phÈm;Chñ thÓ".encode("cp1252"), tables.StrangeLetters),
        (b"a,b\n" * (tables.MOST_LINES + 1), tables.TooManyLines),
        (b"hello, world", NoHeadings),
        ("STT,Tên sản phẩm,Chủ thể\n1,Ấm,HTX".encode(), MissingColumns),
        ("Tên sản phẩm,Chủ thể,Hạng sao,Sao,A,B,C,Số GCN\n".encode(), ColumnTwice),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(data, refusal):
    with pytest.raises(refusal) as refused:
        rows(data)
    assert refused.value.field == "file"


def test_missing_columns_are_named():
    with pytest.raises(MissingColumns, match=r"Hạng sao, Điểm B, Điểm C, Số giấy chứng nhận"):
        rows("STT,Tên sản phẩm,Chủ thể,Điểm A\n".encode())


def test_a_list_without_lines_is_refused():
    with pytest.raises(NoLines):
        preview(as_csv(plain([])))


def test_random_bytes_are_refused_and_never_crash():
    chance, whole = Random(7), as_xlsx(plain([a_product()]))
    for _ in range(150):
        hurt = bytearray(whole)
        for _ in range(chance.randint(1, 40)):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        for data in (bytes(hurt), bytes(hurt[: chance.randrange(1, len(hurt))]), chance.randbytes(300)):
            with suppress(Refusal):
                preview(data)


# ---- workbooks ---------------------------------------------------------------------------------------


def test_the_results_of_formulas_are_read():
    (row,) = rows(as_xlsx(plain([a_product()]), formulas="with results"))
    assert row.wrong == []


def test_a_formula_without_a_result_is_named():
    assert str(wrong(as_xlsx(plain([a_product()]), formulas="without"))) == (
        "“Tổng điểm” holds a formula whose result is not in the file. Open it in Excel and save it once."
    )


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = repacked(as_xlsx([["x"]]), xl_worksheets_sheet1__xml=b"<x>" + bytes(tables.MOST_UNPACKED))
    assert len(bomb) < 100_000
    with pytest.raises(tables.Overblown):
        tables.read(bomb)


def test_entities_macros_and_foreign_archives_are_refused():
    whole = as_xlsx(plain([a_product()]))
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><worksheet>&a;</worksheet>'
    for broken, refusal in {
        repacked(whole, xl_worksheets_sheet1__xml=laughs): tables.Unreadable,
        repacked(whole, xl_vbaProject__bin=b"macro"): tables.HasMacros,
        repacked(b"PK\x05\x06" + bytes(18), content__xml=b"an OpenDocument file"): tables.NotATable,
        repacked(whole, **{f"xl_more{number}__xml": b"<x/>" for number in range(300)}): tables.Overblown,
    }.items():
        with pytest.raises(refusal):
            tables.read(broken)


def test_a_sheet_that_lies_about_its_size_is_read_by_what_it_holds():
    whole = as_xlsx(plain([a_product()]))

    def lying(xml):
        return xml.replace(b'<dimension ref="A1:L2"', b'<dimension ref="A1:XFD1048576"')

    assert len(rows(repacked(whole, xl_worksheets_sheet1__xml=lying))) == 1


def test_a_line_a_million_lines_down_is_not_counted_to():
    whole = as_xlsx(plain([a_product()]))

    def far(xml):
        return xml.replace(b"</sheetData>", b'<row r="99999999"><c r="A99999999"><v>1</v></c></row></sheetData>')

    assert len(rows(repacked(whole, xl_worksheets_sheet1__xml=far))) == 1


# ---- headings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("TÊN SẢN PHẨM", "name"),
        ("ten san pham OCOP", "name"),
        ("Product name", "name"),
        ("Chủ thể sản xuất", "producer"),
        ("Điểm (phần A)", "score_a"),
        ("Phần B/25", "score_b"),
        ("Kết quả đánh giá Điểm C (tối đa 35)", "score_c"),
        ("Score A", "score_a"),
        ("Tổng số điểm", "total"),
        ("Kết quả phân hạng", "stars"),
        ("Số GCN", "number"),
        ("Certificate No.", "number"),
        ("Quyền sở hữu trí tuệ", "right"),
        ("Số văn bằng bảo hộ", "right_number"),
        ("Công suất (sp/năm)", "capacity"),
        ("Tiềm năng 5 sao", "potential"),
        ("Mã sản phẩm", "slug"),
        ("Ghi chú", None),
        ("Nhóm sản phẩm", None),
    ],
)
def test_headings_are_known_in_two_languages_with_or_without_marks(heading, field):
    assert field_of(heading) == field


def test_english_headings_in_another_order():
    product = a_product()
    head = ["Stars", "Certificate number", "Part C", "Part B", "Part A", "Producer", "Product"]
    listed = [head, ["4 stars", "7/QĐ", "27.25", 20, "31,5", product.producer.name, product.name["en"]]]
    assert counts(preview(as_csv(listed))) == {"new": 1}


def test_columns_nobody_asked_for_are_told():
    listed = plain([a_product()])
    listed[0].append("Ghi chú của phòng")
    assert preview(as_csv(listed)).strange == ("Ghi chú của phòng",)


# ---- lines -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "typed", "refusal"),
    [
        ("Tên sản phẩm", "", wrongs.NoProduct),
        ("Chủ thể", "", wrongs.NoProducer),
        ("Điểm A", "", wrongs.EmptyCell),
        ("Điểm A", "nhiều", wrongs.NoScore),
        ("Điểm A", "31,555", wrongs.NoScore),
        ("Điểm A", "-3", wrongs.NoScore),
        ("Điểm A", "1" * 400, wrongs.NoScore),
        ("Tổng điểm", "80", wrongs.TotalDiffers),
        ("Tổng điểm", "#REF!", wrongs.NoScore),
        ("Hạng sao", "", wrongs.EmptyCell),
        ("Hạng sao", "6", wrongs.NoStars),
        ("Hạng sao", "3 hoặc 4", wrongs.NoStars),
        ("Hạng sao", "3", rules.ScoresDisagree),
        ("Tiềm năng 5 sao", "có thể", wrongs.NoYesOrNo),
        ("Số giấy chứng nhận", "", wrongs.NoNumber),
        ("Số giấy chứng nhận", "9" * 61, wrongs.TooLongNumber),
        ("Quyền SHTT", "bằng khen", wrongs.NoRight),
    ],
)
def test_one_wrong_cell_is_one_sentence(column, typed, refusal):
    listed = changed(plain([a_product()]), column, typed)
    assert isinstance(wrong(as_csv(listed)), refusal)


@pytest.mark.parametrize("typed", ["4", "4 sao", "Hạng 4 sao", "★★★★", "bốn sao", "4 stars", "4*", "FOUR"])
def test_four_stars_are_written_in_many_ways(typed):
    (row,) = rows(as_csv(changed(plain([a_product()]), "Hạng sao", typed)))
    assert (row.stars, row.wrong) == (4, [])


def test_a_potential_five_star_product_may_say_so_beside_its_stars():
    (row,) = rows(as_csv(changed(plain([a_product()]), "Hạng sao", "4 sao (tiềm năng 5 sao)")))
    assert (row.stars, row.is_potential_five, row.wrong) == (4, True, [])


@pytest.mark.parametrize(
    ("typed", "kind", "number"),
    [
        ("Nhãn hiệu tập thể 4-0123-456", "collective mark", "4-0123-456"),
        ("NHTT số 40123", "collective mark", "40123"),
        ("Nhãn hiệu: 123456", "trade mark", "123456"),
        ("Chỉ dẫn địa lý 00015", "geographical indication", "00015"),
        ("Kiểu dáng công nghiệp", "industrial design", ""),
    ],
)
def test_rights_are_read_with_their_number(typed, kind, number):
    (row,) = rows(as_csv(changed(plain([a_product()]), "Quyền SHTT", typed)))
    assert row.right == {"kind": kind, "number": number}


@pytest.mark.parametrize(("typed", "pieces"), [("12000", 12_000), ("12.000", 12_000), ("12 000 sp/năm", 12_000)])
def test_a_capacity_may_be_grouped(typed, pieces):
    listed = plain([a_product()])
    listed[0].append("Sản lượng năm")
    listed[1].append(typed)
    (row,) = rows(as_csv(listed))
    assert (row.capacity, row.wrong) == (pieces, [])


def test_certificates_are_numbered_by_decision_and_line_when_asked():
    listed = [row[:10] for row in plain([a_product(), a_product()])]
    made = preview(as_csv(listed), numbered=True)
    assert [line.row.number for line in made.lines] == ["1147/QĐ-UBND-01", "1147/QĐ-UBND-02"]


# ---- products ----------------------------------------------------------------------------------------


def test_a_producers_short_form_is_the_same_producer():
    maker = a_producer(name="Hợp tác xã Dệt lụa Vạn Phúc")
    listed = changed(plain([a_product(producer=maker)]), "Chủ thể", "HTX dệt lụa Vạn Phúc")
    assert counts(preview(as_csv(listed))) == {"new": 1}


def test_what_is_not_found_comes_with_the_nearest():
    maker = a_producer(name="Hợp tác xã Chè Ba Trại")
    product = a_product(producer=maker, name=Texts(vi="Chè búp Ba Trại", en="Ba Trai tea"))
    listed = plain([product])
    assert wrong(as_csv(changed(listed, "Chủ thể", "HTX Chè Ba Trai Xanh"))).facts["near"] == maker.name
    assert "Chè búp Ba Trại" in str(wrong(as_csv(changed(listed, "Tên sản phẩm", "Chè bup Ba Trai loại 1"))))
    assert isinstance(wrong(as_csv(changed(listed, "Chủ thể", "Zzz"))), wrongs.UnknownProducer)
    assert isinstance(wrong(as_csv(changed(listed, "Tên sản phẩm", "Zzz"))), wrongs.UnknownProduct)


def test_marks_tell_apart_what_folding_makes_alike():
    maker = a_producer()
    bo, other = (a_product(producer=maker, name=Texts(vi=name, en="")) for name in ("Bơ lạc", "Bò lạc"))
    assert preview(as_csv(plain([bo]))).lines[0].product.id == bo.id
    doubt = wrong(as_csv(changed(plain([bo]), "Tên sản phẩm", "Bo lac")))
    assert isinstance(doubt, wrongs.SeveralProducts)
    assert doubt.facts["slugs"] == f"{bo.slug}, {other.slug}"


def test_a_code_decides_and_must_not_contradict_the_names():
    maker = a_producer()
    one, two = (a_product(producer=maker, name=Texts(vi="Tranh", en="")) for _ in range(2))
    listed = [[*plain([])[0], "Mã sản phẩm"], [*plain([two])[1], two.slug]]
    assert preview(as_csv(listed)).lines[0].product.id == two.id
    assert isinstance(wrong(as_csv(changed(listed, "Tên sản phẩm", "Bình hoa"))), wrongs.SlugMeansAnother)
    assert isinstance(wrong(as_csv(changed(listed, "Mã sản phẩm", "nowhere"))), wrongs.UnknownSlug)
    assert one.slug != two.slug


def test_a_number_or_a_product_stands_in_one_line_only():
    one, two = a_product(), a_product()
    twice = plain([one, one])
    assert sentences(preview(as_csv(twice))) == {3: ["This product stands in line 2 already."]}
    same = changed(plain([one, two]), "Số giấy chứng nhận", "1147/QĐ-UBND-001", line=2)
    assert "stands in line 2 already" in sentences(preview(as_csv(same)))[3][0]


# ---- the decision ------------------------------------------------------------------------------------


def test_a_decision_of_tomorrow_or_of_nobody_is_refused():
    data = as_csv(plain([a_product()]))
    with pytest.raises(NotYetDecided):
        preview(data, day=date(2026, 11, 25))
    with pytest.raises(rules.NotCompetent):
        preview(data, authority="ba-vi")
    assert isinstance(wrong(data, authority="bo-nn-mt"), rules.WrongLevel)


def test_a_list_with_one_wrong_line_is_not_proposed():
    data = as_csv(changed(plain([a_product(), a_product()]), "Hạng sao", "3", line=2))
    assert counts(preview(data)) == {"new": 1, "wrong": 1}
    with pytest.raises(StillWrong):
        propose(data)


def test_a_running_certificate_is_named_as_replaced():
    product = a_product()
    old = a_certificate(product, day=date(2025, 1, 10))
    assert preview(as_csv(plain([product]))).lines[0].replaces == old.number


@pytest.mark.both
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_hundred_and_four_products_come_in_by_two_people_and_again_change_nothing(form):
    listed = as_decided(a_season())
    merged = ["A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:H4", "I4:I5", f"C{FIRST}:C{FIRST + 3}", f"D{FIRST}:D{FIRST + 3}"]
    data = as_xlsx(listed, merged=merged) if form == "xlsx" else as_csv(listed, delimiter=";", encoding="utf-8-sig")
    made = preview(data)
    assert counts(made) == {"new": PRODUCTS}, sentences(made)
    assert made.passed == [FIRST + PRODUCTS, FIRST + PRODUCTS + 1]
    proposal = propose(data)
    assert (proposal.kind, len(proposal.deeds), proposal.facts["decision_no"]) == ("decision", PRODUCTS, NUMBER)
    assert counts(preview(data)) == {"waiting": PRODUCTS}
    with pytest.raises(NothingNew):
        propose(data)
    with transaction():
        proposing.approve(proposal, by=SECOND)
    assert db.session.scalar(select(func.count()).select_from(Certificate)) == PRODUCTS
    certificate = db.session.scalars(select(Certificate).where(Certificate.number == f"{NUMBER}-010")).one()
    assert (certificate.stars, certificate.is_potential_five, certificate.score) == (4, True, 7875)
    assert (certificate.decision_no, certificate.valid_from, certificate.valid_until) == (
        *(NUMBER, DECIDED),
        date(2029, 3, 3),
    )
    events = db.session.scalar(select(func.count()).select_from(Event))
    assert counts(preview(data)) == {"known": PRODUCTS}
    with pytest.raises(NothingNew):
        propose(data)
    assert db.session.scalar(select(func.count()).select_from(Event)) == events


@pytest.mark.both
def test_other_facts_under_a_known_number_are_named_and_never_overwrite():
    product, other = a_product(), a_product()
    listed = plain([product])
    enter(as_csv(listed))
    for column, value, named in [
        ("Điểm A", "32", ["Điểm A"]),
        ("Tiềm năng 5 sao", "x", ["Tiềm năng 5 sao"]),
        ("Quyền SHTT", "Nhãn hiệu 77", ["Quyền SHTT", "Số văn bằng SHTT"]),
    ]:
        told = changed(changed(listed, "Tổng điểm", ""), column, value)
        found = wrong(as_csv(told))
        assert isinstance(found, wrongs.DiffersFromRegister)
        assert found.facts["differences"] == ", ".join(named)
    another = changed(plain([other]), "Số giấy chứng nhận", "1147/QĐ-UBND-001")
    assert wrong(as_csv(another)).facts["differences"].startswith("Tên sản phẩm")
    assert "ngày quyết định" in str(wrong(as_csv(listed), day=date(2026, 3, 5)))
    fewer = [row[:9] + row[10:11] for row in listed]  # columns that are not there say nothing
    assert counts(preview(as_csv(fewer))) == {"known": 1}


def test_other_facts_under_a_number_that_waits_are_refused():
    listed = plain([a_product()])
    propose(as_csv(listed))
    assert isinstance(wrong(as_csv(changed(listed, "Tiềm năng 5 sao", "x"))), wrongs.DiffersFromProposal)


def test_the_example_reads_itself():
    for data in (example.as_csv(), example.as_xlsx()):
        found = rows(data)
        assert [row.wrong for row in found] == [[], []]
        assert [row.stars for row in found] == [4, 3]
