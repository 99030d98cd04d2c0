"""What the verifier says, in English and Vietnamese. What a check found stays as the check wrote it."""

from __future__ import annotations

from .verdict import Code

LANGUAGES = ("en", "vi")

VERDICTS = {
    Code.IN_FORCE: ("IN FORCE", "CÒN HIỆU LỰC"),
    Code.TAMPERED: ("TAMPERED OR INVALID", "BỊ SỬA HOẶC KHÔNG HỢP LỆ"),
    Code.NOT_IN_FORCE: ("AUTHENTIC, BUT NOT IN FORCE", "THẬT, NHƯNG KHÔNG CÒN HIỆU LỰC"),
    Code.NOT_ASSURED: ("NOT ASSURED: STALE OR NOT WITNESSED", "CHƯA CHẮC CHẮN: QUÁ CŨ HOẶC CHƯA CÓ NHÂN CHỨNG"),
    Code.UNREADABLE: ("UNREADABLE", "KHÔNG ĐỌC ĐƯỢC"),
}

CHECKS = {
    "form": ("The file is a bundle, and not a byte is out of place", "Tệp đúng dạng, không byte nào lệch"),
    "chains": ("Each event names the one before it", "Mỗi sự kiện nối đúng sự kiện trước"),
    "checkpoint": ("A log you trust signed the checkpoint", "Sổ cái bạn tin đã ký điểm mốc"),
    "places": ("Every event has its place in that log", "Mọi sự kiện có chỗ trong sổ cái ấy"),
    "signatures": ("Every event is signed by a key valid at its place", "Mọi sự kiện do khoá hợp lệ lúc ấy ký"),
    "completeness": ("No event was left out", "Không sự kiện nào bị bỏ bớt"),
    "documents": ("Documents are those that were hashed", "Tài liệu đúng là bản đã băm"),
    "status": ("The status lists are those the log knows", "Danh sách trạng thái đúng như sổ cái biết"),
    "trust": ("No key in use was reported stolen", "Không khoá nào bị báo mất"),
    "witnesses": ("Independent witnesses", "Nhân chứng độc lập"),
    "age": ("The history is recent enough", "Lịch sử đủ mới"),
    "standing": ("A certificate counts on that day", "Có chứng nhận còn hiệu lực hôm ấy"),
}

MARKS = {
    Code.IN_FORCE: ("ok", "đạt"),
    Code.TAMPERED: ("WRONG", "SAI"),
    Code.NOT_IN_FORCE: ("NO", "KHÔNG"),
    Code.NOT_ASSURED: ("UNSURE", "CHƯA CHẮC"),
    Code.UNREADABLE: ("UNREAD", "KHÔNG ĐỌC"),
}


def say(pair: tuple[str, str], language: str) -> str:
    return pair[LANGUAGES.index(language)]
