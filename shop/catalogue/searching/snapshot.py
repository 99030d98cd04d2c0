"""One commit of the index as the questions need it: products in order of popularity, sets of them as bits."""

from functools import cached_property
from pathlib import Path
from threading import RLock

from shop.catalogue.searching.plan import Plan, planned, retyped, shortened
from shop.catalogue.searching.ranking import slots, tiers
from shop.catalogue.searching.rows import Found
from shop.catalogue.searching.vocabulary import Vocabulary
from shop.catalogue.searching.whoosh_index import WhooshReader

MOST_IDS = 2_000
# People type any number of words that exist nowhere; what is remembered of them stays bounded.
MOST_TERMS_KEPT = 50_000

Answer = tuple[Plan, list[int]]


class Snapshot:
    """Answers from one commit; many threads may ask at once, only terms not seen before wait for the file."""

    def __init__(self, build: Path) -> None:
        self._reader = WhooshReader(build)
        self._lock = RLock()
        self._seen: dict[tuple[str, str], int] = {}
        self.build = build
        self.commit = self._reader.commit
        self.position = self._reader.position
        by_popularity = sorted(self._reader.products, key=lambda product: (-product[2], product[1]))
        self._ids = [product_id for _, product_id, _ in by_popularity]
        self._slot_of = {document: slot for slot, (document, _, _) in enumerate(by_popularity)}
        self._everything = (1 << len(self._ids)) - 1

    def is_newest(self) -> bool:
        return self._reader.newest_commit() == self.commit

    def find(self, text: str) -> Found:
        """Products that meet every word; where none does, those that meet all words but one."""
        plan = planned(text, self)
        best = tiers(plan, self, self._everything)
        if not best and len(plan.words) > 1:
            plan, best = self._retyped(plan) or self._shortened(plan) or (plan, best)
        ids = [self._ids[slot] for slot in slots(best, MOST_IDS)]
        return Found(ids, sum(tier.bit_count() for tier in best), plan.corrected if ids else None)

    def holding(self, field: str, term: str) -> int:
        """The products that hold a term, one bit each."""
        known = self._seen.get((field, term))
        if known is not None:
            return known
        with self._lock:
            documents = self._reader.documents_holding(field, term)
        bits = bytearray(len(self._ids) // 8 + 1)
        for document in documents:
            slot = self._slot_of[document]
            bits[slot >> 3] |= 1 << (slot & 7)
        if len(self._seen) >= MOST_TERMS_KEPT:
            self._seen.clear()
        return self._seen.setdefault((field, term), int.from_bytes(bits, "little"))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        with self._lock:
            return Vocabulary(self._reader.words())

    def _retyped(self, plan: Plan) -> Answer | None:
        answers = ((other, tiers(other, self, self._everything)) for other in retyped(plan, self))
        return next((answer for answer in answers if answer[1]), None)

    def _shortened(self, plan: Plan) -> Answer | None:
        """Leaves out the word whose absence leaves the fewest products: the rare words are the ones meant."""
        answers = ((less, tiers(less, self, self._everything)) for less in shortened(plan, self))
        answered = [answer for answer in answers if answer[1]]
        return min(answered, key=lambda answer: sum(map(int.bit_count, answer[1])), default=None)
