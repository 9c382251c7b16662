"""What indicators and areas are called: here, by the DfE, and in a file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kpis.models import Area, Indicator

from .cells import clean, folded, without_footnote
from .layout import LONGEST_TEXT

WIDTHS = {Area.Kind.COUNCIL: 1, Area.Kind.AUTHORITY: 1, Area.Kind.REGION: 2, Area.Kind.COUNTRY: 3}


@dataclass(frozen=True)
class Names:
    """Every indicator and area by its code, and the codes by every folded name. A name that two share is of neither."""

    indicators: dict[str, Indicator]
    areas: dict[str, Area]
    indicator_codes: dict[str, str]
    area_codes: dict[str, str]

    def indicator(self, text: str, chosen: dict[str, str]) -> str | None:
        """The code of the indicator that is called so, "" where somebody chose to leave it out, None for nobody’s."""
        return _code(text, chosen, self.indicator_codes)

    def area(self, text: str, chosen: dict[str, str]) -> str | None:
        """The same for areas."""
        return _code(text, chosen, self.area_codes)

    def narrowest(self, texts: list[str], chosen: dict[str, str]) -> str:
        """Havering, of a row that says England, Outer London and Havering in columns of their own.

        Unless every one of them is known and one is narrower than the others it is all of them, for a person to decide.
        """
        areas = [self.areas.get(self.area(text, chosen) or "") for text in texts]
        widths = [WIDTHS[area.kind] for area in areas if area]
        is_plain = len(widths) == len(texts) and (widths.count(min(widths)) == 1 or len(set(areas)) == 1)
        return texts[widths.index(min(widths))] if is_plain else " ".join(texts)


def known_names() -> Names:
    """Two queries."""
    indicators = {each.code: each for each in Indicator.objects.all()}
    areas = {each.code: each for each in Area.objects.all()}
    called = [
        (name, each.code)
        for each in indicators.values()
        for name in (each.code, each.name, each.short_name, each.dfe_measure)
    ]
    places = [(name, each.code) for each in areas.values() for name in (each.code, each.name)]
    return Names(indicators, areas, _of_one(called), _of_one(places))


def written(text: str) -> str:
    """A name as the map keeps it: as people see it, and no longer than the map takes."""
    return clean(text)[:LONGEST_TEXT]


def _of_one(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    named = {(folded(name), code) for name, code in pairs if name}
    owners = Counter(name for name, _ in named)
    return {name: code for name, code in named if owners[name] == 1}


def _code(text: str, chosen: dict[str, str], codes: dict[str, str]) -> str | None:
    spelt = written(text)
    if spelt in chosen:
        return chosen[spelt]
    return next((codes[name] for name in _as_it_may_be_known(spelt, codes) if name in codes), None)


def _as_it_may_be_known(text: str, codes: dict[str, str]) -> Iterator[str]:
    yield folded(text)
    yield folded(without_footnote(text, codes))
