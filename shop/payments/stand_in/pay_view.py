"""The pay page as HTML: plain, big enough for a thumb, and never to be taken for the real Stripe."""

from html import escape

from .pay_words import money
from .state import Record

Words = dict[str, str]


def choices(words: Words, session: Record, items: list[Record], problem: str | None) -> str:
    alert = f'<p class="alert" role="alert">{escape(words.get(problem, problem))}</p>' if problem else ""
    forms = "".join(_choice(words, session["id"], deed) for deed in ("pay", "challenge", "decline"))
    return _sheet(
        words,
        words["title"],
        f"""
{_sum(words, session)}
{alert}
{_items(words, items)}
<h2>{words["choose"]}</h2>
<div class="choices">{forms}</div>
{_back(words["back"], session["cancel_url"])}""",
    )


def bank(words: Words, session: Record) -> str:
    """The stop that 3-D Secure makes on the way."""
    yes, no = (f"<strong>{words[deed]}</strong>" for deed in ("confirm", "refuse"))
    return _sheet(
        words,
        words["bank_title"],
        f"""
{_sum(words, session)}
<p>{words["bank_text"]}</p>
<div class="choices">
{_form(session["id"], "confirm", yes, "first")}
{_form(session["id"], "refuse", no, "other")}
</div>""",
    )


def over(words: Words, what: str, address: str | None) -> str:
    """`what`: paid, expired or unknown."""
    back = _back(words["back"], address) if address else ""
    return _sheet(words, words[f"{what}_title"], f"<p>{words[f'{what}_text']}</p>{back}")


def _sheet(words: Words, title: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="{words["lang"]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} · {words["badge"]}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/pay.css">
</head>
<body>
<p class="badge">{words["badge"]}</p>
<main>
<h1>{title}</h1>
{body}
<p class="note">{words["note"]}</p>
</main>
</body>
</html>
"""


def _sum(words: Words, session: Record) -> str:
    number = session["client_reference_id"]
    order = f'<p class="order">{words["order"]} <b>{escape(number)}</b></p>' if number else ""
    total = money(session["amount_total"], session["currency"], words["lang"])
    return f'{order}<p class="sum"><span>{words["amount"]}</span> <strong>{total}</strong></p>'


def _items(words: Words, items: list[Record]) -> str:
    lines = "".join(
        f"<li><span>{escape(item['description'])} × {item['quantity']}</span> "
        f"<span>{money(item['amount_total'], item['currency'], words['lang'])}</span></li>"
        for item in items
    )
    return f'<ul class="items" aria-label="{words["items"]}">{lines}</ul>'


def _choice(words: Words, key: str, deed: str) -> str:
    text = f"<strong>{words[deed]}</strong><span>{words[f'{deed}_hint']}</span>"
    return _form(key, deed, text, "first" if deed == "pay" else "other")


def _form(key: str, deed: str, text: str, look: str) -> str:
    return (
        f'<form method="post" action="/pay/{escape(key)}/{deed}">'
        f'<button class="{look}" name="deed" value="{deed}">{text}</button></form>'
    )


def _back(text: str, address: str) -> str:
    return f'<p class="back"><a href="{escape(address)}">{text}</a></p>'
