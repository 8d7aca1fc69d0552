from concerted.text.services.counting import count_document, count_language
from concerted.text.services.documents import TextRefused, publish_version, publish_words
from concerted.text.services.editing import EditRefused, decide_text, edit_section, propose_text
from concerted.text.services.glossary import (
    GlossaryMoved,
    GlossaryRefused,
    replace_glossary,
    take_out,
    write_entry,
)
from concerted.text.services.languages import (
    LanguageRefused,
    add_language,
    choose_reading_language,
    enter_translator,
    open_interface_languages,
    remove_translator,
)
from concerted.text.services.translations import (
    Moved,
    TranslationRefused,
    keep_draft,
    mark_tested,
    review,
    save_translation,
    seen_of,
    write_draft,
)

__all__ = [
    "EditRefused",
    "GlossaryMoved",
    "GlossaryRefused",
    "LanguageRefused",
    "Moved",
    "TextRefused",
    "TranslationRefused",
    "add_language",
    "choose_reading_language",
    "count_document",
    "count_language",
    "decide_text",
    "edit_section",
    "enter_translator",
    "keep_draft",
    "mark_tested",
    "open_interface_languages",
    "propose_text",
    "publish_version",
    "publish_words",
    "remove_translator",
    "replace_glossary",
    "review",
    "save_translation",
    "seen_of",
    "take_out",
    "write_draft",
    "write_entry",
]
