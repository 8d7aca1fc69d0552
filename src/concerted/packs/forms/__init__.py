from concerted.packs.forms.documents import AskForm, DocumentForm, RemarkForm

__all__ = ["AskForm", "DocumentForm", "RemarkForm"]
