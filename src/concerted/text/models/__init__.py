from concerted.text.models.document import Document, Section, Version
from concerted.text.models.draft import SectionDraft, TextProposal
from concerted.text.models.glossary import GlossaryEntry, GlossaryWording
from concerted.text.models.language import ContentLanguage, TranslationCount, Translator
from concerted.text.models.memory import Offer
from concerted.text.models.translation import Translation

__all__ = [
    "ContentLanguage",
    "Document",
    "GlossaryEntry",
    "GlossaryWording",
    "Offer",
    "Section",
    "SectionDraft",
    "TextProposal",
    "Translation",
    "TranslationCount",
    "Translator",
    "Version",
]
