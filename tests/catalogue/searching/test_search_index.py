"""The index on disk: changed, rebuilt, read by others, damaged; it answers truly or says it cannot."""

import multiprocessing
import threading
import time

import pytest

from shop.catalogue.searching import IndexUnavailable, Row, SearchIndex
from shop.catalogue.searching.index import LOOK_AGAIN_SECONDS
from shop.catalogue.searching.store import BUILD, CURRENT, SUMS

PATIENCE = 60.0  # for a busy machine; nobody waits that long on a free one
# A fork would share the parent's locks and files; a real worker is a process of its own.
PROCESSES = multiprocessing.get_context("spawn")


def a_row(product_id, name="Bình gốm", rank=0):
    return Row(product_id, {"vi": name, "en": ""}, {"vi": "Làng Bát Tràng"}, "Xưởng", {}, {}, rank)


@pytest.fixture
def directory(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def index(directory):
    index = SearchIndex(directory)
    index.rebuild([a_row(1, "Bình gốm", 5), a_row(2, "Nón lá", 9), a_row(3, "Đĩa gốm", 7)], upto=40)
    return index


def serving(directory):
    return directory / (directory / CURRENT).read_text()


def test_without_a_build_it_says_so(directory):
    index = SearchIndex(directory)
    assert not index.is_ready
    assert index.why_not() == "no index has been built"
    for question in (lambda: index.find("gốm"), index.position, lambda: index.apply([a_row(1)], [], upto=1)):
        with pytest.raises(IndexUnavailable):
            question()


def test_a_build_serves_in_order_of_popularity_and_knows_its_position(index):
    assert index.is_ready
    assert index.find("gốm").ids == [3, 1]
    assert index.position() == 40


def test_an_empty_catalogue_is_a_valid_index(directory):
    index = SearchIndex(directory)
    index.rebuild([], upto=0)
    assert (index.find("gốm").ids, index.position(), index.why_not()) == ([], 0, None)


def test_changes_are_found_at_once_with_their_position(index):
    index.apply([a_row(1, "Khăn lụa", 5), a_row(4, "Ấm gốm", 99)], gone=[2, 777], upto=41)
    assert index.find("gốm").ids == [4, 3]
    assert index.find("lụa").ids == [1]
    assert index.find("nón lá").ids == []
    assert index.position() == 41


def test_a_row_said_twice_in_one_batch_is_one_product(index):
    index.apply([a_row(9, "Chuông đồng"), a_row(9, "Trống đồng")], gone=[], upto=42)
    assert index.find("đồng").ids == [9]
    assert index.find("chuông").total == 0


def test_many_commits_stay_right_and_are_merged(index, directory):
    for upto in range(50, 75):
        index.apply([a_row(100 + upto % 7, f"Lược sừng số{upto}")], gone=[], upto=upto)
    assert index.find("lược sừng").total == 7
    assert index.position() == 74
    assert len(list(serving(directory).glob("*.seg"))) < 12


def test_a_row_that_cannot_be_indexed_changes_nothing_and_frees_the_writer(index):
    broken = Row(5, {"vi": None}, {}, "", {}, {})  # type: ignore[dict-item]
    with pytest.raises(IndexUnavailable):
        index.apply([a_row(6, "Quạt giấy"), broken], gone=[1], upto=43)
    assert index.find("gốm").ids == [3, 1]
    assert index.position() == 40
    index.apply([a_row(6, "Quạt giấy")], gone=[], upto=44)
    assert index.find("quạt").ids == [6]


def test_a_rebuild_that_fails_leaves_the_serving_index_and_no_litter(index, directory):
    def rows():
        yield a_row(8)
        raise ConnectionError("the database went away")

    with pytest.raises(ConnectionError):
        index.rebuild(rows(), upto=99)
    assert index.position() == 40
    assert len([path for path in directory.iterdir() if path.is_dir()]) == 1


def test_two_builds_are_kept_and_only_the_owner_may_enter(index, directory):
    for upto in (50, 51, 52):
        index.rebuild([a_row(1)], upto=upto)
    builds = [path for path in directory.iterdir() if BUILD.fullmatch(path.name)]
    assert len(builds) == 2
    assert {path.stat().st_mode & 0o777 for path in [directory, *builds]} == {0o700}


def test_an_index_of_another_analyser_is_not_read(index, directory):
    build = serving(directory)
    other = build.with_name(f"{build.name.partition('-')[0]}-0123456789ab")
    build.rename(other)
    (directory / CURRENT).write_text(other.name)
    assert "analyser" in str(SearchIndex(directory).why_not())


def test_a_directory_others_may_write_to_is_not_read(index, directory):
    serving(directory).chmod(0o777)
    assert "others may write" in str(SearchIndex(directory).why_not())


@pytest.mark.parametrize("content", ["", "v1", "../../etc", "v000099-ffffffffffff", "\udcff"])
def test_a_broken_pointer_is_unavailable(index, directory, content):
    (directory / CURRENT).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(IndexUnavailable):
        SearchIndex(directory).find("gốm")


def damage(path, how):
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "emptied":
        path.write_bytes(b"")
    elif how == "cut":
        path.write_bytes(content[: len(content) // 2])
    else:
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :])


@pytest.mark.parametrize("how", ["gone", "emptied", "cut", "flipped"])
@pytest.mark.parametrize("which", ["*.toc", "*.seg", SUMS])
def test_a_damaged_file_is_unavailable_and_a_rebuild_mends_it(index, directory, which, how):
    assert index.find("gốm").total == 2
    for path in serving(directory).glob(which):
        damage(path, how)
    fresh = SearchIndex(directory)
    with pytest.raises(IndexUnavailable):
        fresh.find("gốm")
    with pytest.raises(IndexUnavailable):
        fresh.apply([a_row(1)], [], upto=60)
    assert fresh.why_not()
    _answers_or_says_it_cannot(index)
    fresh.rebuild([a_row(1)], upto=60)
    assert fresh.find("gốm").ids == [1]
    time.sleep(LOOK_AGAIN_SECONDS)
    assert index.find("gốm").ids == [1]


@pytest.mark.parametrize("how", ["gone", "emptied", "cut"])
def test_damage_without_sums_is_unavailable_too(index, directory, how):
    """Whoosh itself raises six kinds of errors; the caller must meet one."""
    for path in serving(directory).glob("*.seg"):
        damage(path, how)
    (serving(directory) / SUMS).write_text("{}")
    with pytest.raises(IndexUnavailable):
        SearchIndex(directory).find("gốm bát tràng")


def test_the_whole_directory_gone_is_unavailable(index, directory):
    directory.rename(directory.with_name("elsewhere"))
    time.sleep(LOOK_AGAIN_SECONDS)
    with pytest.raises(IndexUnavailable):
        index.find("gốm")


def test_another_process_sees_changes_and_rebuilds(index, directory):
    for work, seen in ((_apply_elsewhere, [7]), (_rebuild_elsewhere, [8])):
        writer = PROCESSES.Process(target=work, args=(directory,))
        writer.start()
        writer.join(PATIENCE)
        assert writer.exitcode == 0
        assert _soon(lambda seen=seen: index.find("trống đồng").ids == seen)


def test_readers_are_served_while_others_rebuild_and_change(index):
    stop, wrong = threading.Event(), []

    def read():
        while not stop.is_set():
            try:
                answer = index.find("gốm bát tràng")
                if 1 not in answer.ids or answer.total != len(answer.ids):
                    wrong.append(answer)
            except Exception as error:
                wrong.append(error)
            time.sleep(0.001)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for upto in range(100, 110):
        index.rebuild([a_row(1), a_row(2 + upto % 3)], upto=upto)
        index.apply([a_row(50 + upto % 3)], gone=[2], upto=upto)
    stop.set()
    for reader in readers:
        reader.join(PATIENCE)
    assert wrong == []
    assert index.position() == 109


def test_two_writers_at_once_lose_nothing(index):
    writers = [threading.Thread(target=index.apply, args=([a_row(n, "Tò he")], [], n)) for n in range(200, 206)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(PATIENCE)
    assert sorted(index.find("tò he").ids) == list(range(200, 206))


def _answers_or_says_it_cannot(index):
    time.sleep(LOOK_AGAIN_SECONDS)
    try:
        assert index.find("gốm").total == 2
    except IndexUnavailable as reason:
        assert str(reason)


def _apply_elsewhere(directory):
    SearchIndex(directory).apply([a_row(7, "Trống đồng")], [], upto=41)


def _rebuild_elsewhere(directory):
    SearchIndex(directory).rebuild([a_row(8, "Trống đồng")], upto=42)


def _soon(holds):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.02)
    return False
