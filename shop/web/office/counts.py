"""How many products hold stars, by star, commune and year, beside the programme's targets."""

from __future__ import annotations

from flask import render_template

from shop.core import clock
from shop.provenance import counting
from shop.web.access import for_office
from shop.web.office import bp


@bp.get("/counts")
@for_office
def counts() -> str:
    stars, potential = counting.by_star()
    of_villages = counting.villages()
    return render_template(
        "office/counts.html",
        stars=stars,
        potential=potential,
        communes=counting.by_commune(),
        years=counting.by_year(),
        villages=of_villages,
        targets=[(target, counting.reached(target, stars, of_villages)) for target in counting.TARGETS],
        published=counting.PUBLISHED,
        day=clock.today(),
    )
