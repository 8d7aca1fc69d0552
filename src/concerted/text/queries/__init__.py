from concerted.text.queries.bench import Piece, Row, compare, next_to_do, offers, rows_of, wording_before
from concerted.text.queries.glossary import glossary_of
from concerted.text.queries.queue import (
    NARROWED,
    SIZE,
    Standing,
    could_translate,
    languages_standing,
    queue_of,
    standing_of,
    translators_of,
)
from concerted.text.queries.reading import (
    TitleShown,
    Written,
    as_written,
    read_sections,
    titles,
    titles_shown,
)
from concerted.text.rules import SectionShown

__all__ = [
    "NARROWED",
    "SIZE",
    "Piece",
    "Row",
    "SectionShown",
    "Standing",
    "TitleShown",
    "Written",
    "as_written",
    "compare",
    "could_translate",
    "glossary_of",
    "languages_standing",
    "next_to_do",
    "offers",
    "queue_of",
    "read_sections",
    "rows_of",
    "standing_of",
    "titles",
    "titles_shown",
    "translators_of",
    "wording_before",
]
