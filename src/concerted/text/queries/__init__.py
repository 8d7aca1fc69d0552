from concerted.text.queries.bench import Piece, Row, compare, next_to_do, offers, rows_of, wording_before
from concerted.text.queries.glossary import glossary_of
from concerted.text.queries.languages import (
    all_languages,
    languages_in,
    offered,
    reading_among,
    reading_language,
    something_of,
)
from concerted.text.queries.memory import remembered
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
    in_every_language,
    read_sections,
    titles,
    titles_shown,
)
from concerted.text.rules import LanguageOffered, ReadingLanguage, SectionShown

__all__ = [
    "NARROWED",
    "SIZE",
    "LanguageOffered",
    "Piece",
    "ReadingLanguage",
    "Row",
    "SectionShown",
    "Standing",
    "TitleShown",
    "Written",
    "all_languages",
    "as_written",
    "compare",
    "could_translate",
    "glossary_of",
    "in_every_language",
    "languages_in",
    "languages_standing",
    "next_to_do",
    "offered",
    "offers",
    "queue_of",
    "read_sections",
    "reading_among",
    "reading_language",
    "remembered",
    "rows_of",
    "something_of",
    "standing_of",
    "titles",
    "titles_shown",
    "translators_of",
    "wording_before",
]
