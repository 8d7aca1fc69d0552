from concerted.text.models.document import Document, Section, Version
from concerted.text.models.translation import Translation

__all__ = ["Document", "Section", "Translation", "Version"]
