"""What a form says of the size of a file is in the digits of the reader."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from concerted.packs.forms.documents import DocumentForm
from concerted.packs.manuscript.archive import BYTES_MOST, too_large
from concerted.text.forms import BackForm


@pytest.mark.parametrize("form", [DocumentForm, BackForm])
def test_sizes_are_in_the_readers_digits(form: type[DocumentForm | BackForm]) -> None:
    with translation.override("ar"):
        assert "٥٠" in str(form().fields["file"].help_text)
        assert "50" not in str(form().fields["file"].help_text)
        file = SimpleUploadedFile("a.docx", b"a")
        file.size = BYTES_MOST + 1
        assert "٥٠" in form({"language": "en"}, {"file": file}).errors["file"][0]
        assert "٥٠" in str(too_large())
    with translation.override("en"):
        assert str(form().fields["file"].help_text) == "At most 50 MB."
