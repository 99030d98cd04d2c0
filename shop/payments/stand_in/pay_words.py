"""The words of the pay page in Vietnamese and English."""

VIETNAMESE = {
    "lang": "vi",
    "title": "Thanh toán thử",
    "badge": "Bản đóng thế Stripe – không dùng tiền thật",
    "note": "Trang này chỉ để chạy thử. Không có thẻ nào được đọc, không tài khoản nào bị trừ tiền.",
    "amount": "Số tiền phải trả",
    "order": "Đơn hàng",
    "items": "Mặt hàng",
    "choose": "Chọn điều sẽ xảy ra",
    "pay": "Trả tiền",
    "pay_hint": "Thẻ được chấp nhận ngay",
    "challenge": "Trả tiền với 3-D Secure",
    "challenge_hint": "Ngân hàng hỏi lại trước khi trả",
    "decline": "Thẻ bị từ chối",
    "decline_hint": "Lần trả này sẽ không thành công",
    "back": "Quay lại cửa hàng",
    "card_declined": "Thẻ bị từ chối. Bạn chưa bị trừ tiền và có thể thử lại.",
    "payment_intent_authentication_failure": "Ngân hàng không xác nhận. Bạn chưa bị trừ tiền, hãy thử lại.",
    "bank_title": "Ngân hàng của bạn hỏi",
    "bank_text": "Bạn có đồng ý trả khoản tiền này không?",
    "confirm": "Xác nhận",
    "refuse": "Từ chối",
    "paid_title": "Đã thanh toán",
    "paid_text": "Phiên này đã được trả tiền. Bạn không bị trừ tiền lần nữa.",
    "expired_title": "Phiên thanh toán đã hết hạn",
    "expired_text": "Không thể trả tiền ở đây nữa. Bạn chưa bị trừ tiền. Hãy quay lại cửa hàng để thử lại.",
    "unknown_title": "Không tìm thấy phiên thanh toán",
    "unknown_text": "Địa chỉ này không thuộc về phiên thanh toán nào.",
}

ENGLISH = {
    "lang": "en",
    "title": "Test payment",
    "badge": "Stripe stand-in – no real money",
    "note": "This page is for trying things out. No card is read and no account is charged.",
    "amount": "Amount to pay",
    "order": "Order",
    "items": "Items",
    "choose": "Choose what happens",
    "pay": "Pay",
    "pay_hint": "The card is accepted at once",
    "challenge": "Pay with 3-D Secure",
    "challenge_hint": "The bank asks before it pays",
    "decline": "Card declined",
    "decline_hint": "This try will not succeed",
    "back": "Go back to the shop",
    "card_declined": "Card declined. You were not charged and can try again.",
    "payment_intent_authentication_failure": "Your bank did not confirm. You were not charged; try again.",
    "bank_title": "Your bank asks",
    "bank_text": "Do you agree to pay this amount?",
    "confirm": "Confirm",
    "refuse": "Refuse",
    "paid_title": "Paid",
    "paid_text": "This session has been paid. You are not charged again.",
    "expired_title": "This payment session has expired",
    "expired_text": "Nothing can be paid here any more, and you were not charged. Start again from the shop.",
    "unknown_title": "No such payment session",
    "unknown_text": "This address belongs to no payment session.",
}


def words_for(locale: str | None, accept_language: str) -> dict[str, str]:
    """The session's own locale decides; `auto` leaves it to the browser; what is neither gets English."""
    tongue = locale if locale and locale != "auto" else _preferred(accept_language)
    return VIETNAMESE if tongue.lower().startswith("vi") else ENGLISH


def money(amount: int, currency: str, lang: str) -> str:
    """150.000 ₫ in Vietnamese, 150,000 ₫ in English."""
    if currency != "vnd":
        return f"{amount / 100:,.2f} {currency.upper()}"
    grouped = f"{amount:,}"
    return f"{grouped.replace(',', '.') if lang == 'vi' else grouped}\u00a0₫"


def _preferred(accept_language: str) -> str:
    best, weight = "en", 0.0
    for part in accept_language.split(","):
        tongue, _, quality = part.strip().partition(";q=")
        try:
            asked = float(quality or 1)
        except ValueError:
            continue
        if tongue[:2].lower() in ("vi", "en") and asked > weight:
            best, weight = tongue, asked
    return best
