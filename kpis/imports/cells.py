"""What a cell says: a name with its footnote mark taken off, a value, or why there is none. Pure."""


class Unreadable(Exception):
    """The cell is not read. The text is one plain sentence, or two, for the person who uploaded the file."""


# Word processors and spreadsheets put these in; nobody sees the difference, but a comparison does.
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_UNSEEN = (
    "\xad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\ufeff"
)
_AS_SEEN = (
    dict.fromkeys(range(32), " ")
    | dict.fromkeys(range(127, 160), " ")
    | dict.fromkeys(map(ord, _HYPHENS), "-")
    | dict.fromkeys(map(ord, _UNSEEN), "")
)
_SAME_TO_A_READER = str.maketrans("’‘“”", "''\"\"")


def clean(text: str) -> str:
    """The text as it looks: plain hyphens and single spaces, nothing that is not seen."""
    return " ".join(text.translate(_AS_SEEN).split())


def folded(text: str) -> str:
    """For comparing names: as clean, without regard to capitals or the kind of quotation mark."""
    return clean(text).translate(_SAME_TO_A_READER).casefold()
