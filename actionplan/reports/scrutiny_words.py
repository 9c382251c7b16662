"""How the committee’s paper puts counts and lists into sentences."""

from actionplan.reports.scrutiny_facts import Words


def numbered(text: str, *items: str) -> Words:
    return Words(text, number=1, items=items)


def actions(count: int) -> str:
    return f"{count} action{'' if count == 1 else 's'}"


def are(count: int) -> str:
    return f"{count or 'none'} {'is' if count == 1 else 'are'}"


def joined(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def lower(text: str) -> str:
    """For the middle of a sentence. Abbreviations and names of Ofsted stay."""
    return text if text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
