"""A module with one of everything a book can hold, whole in English and French, in Arabic but for one question."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.utils import timezone

from concerted.practice.rules import QuestionText
from concerted.text.models import ContentLanguage, Document
from concerted.text.rules import SectionText, hash_of
from concerted.text.services import add_language, save_translation
from concerted.training.models import Module
from concerted.training.queries.book import book_file
from concerted.training.rules import ModuleText, UnitText
from concerted.training.services import publish_module
from concerted.training.tests.test_certificate import lines_of, plain

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>'

#: Key -> the words in English, French and Arabic.
WORDS = {
    "title": ("A calm call", "Un appel calme", "مكالمة هادئة"),
    "summary": ("Ten minutes to read.", "Dix minutes de lecture.", "عشر دقائق من القراءة."),
    "aim-1": ("ring without haste", "appeler sans hâte", "الاتصال دون عجلة"),
    "unit": ("Before you ring", "Avant d'appeler", "قبل الاتصال"),
    "note": ("You may pause here.", "Vous pouvez faire une pause.", "يمكن التوقف هنا."),
    "why": ("Ask *first*: {svc.helpline}", "Demandez *d'abord* : {svc.helpline}", "اسألوا *أولا*: {svc.helpline}"),
    "signs": ("A round sign.", "Un signe rond.", "علامة مستديرة."),
    "call": ("Hello, it is Mira.", "Bonjour, ici Mira.", "مرحبا، أنا ميرا."),
    "who": ("A guide in full.", "Un guide complet.", "دليل كامل."),
    "sheet": ("One page to fold.", "Une page à plier.", "ورقة تطوى."),
    "post": ("Write down the time.", "Notez l'heure.", "اكتبوا الساعة."),
    "q1": ("Who speaks first?", "Qui parle en premier ?", "من يتكلم أولا؟"),
    "q1.a": ("She does.", "Elle parle.", "هي تتكلم."),
    "q1.a.why": ("It is her call.", "C'est son appel.", "هذه مكالمتها."),
    "q1.b": ("You do.", "Vous parlez.", "أنتم تتكلمون."),
    "q1.b.why": ("Wait a moment.", "Attendez un moment.", "انتظروا قليلا."),
    "q2": ("In which order?", "Dans quel ordre ?", "بأي ترتيب؟"),
    "q2.a": ("Breathe.", "Respirez.", "تنفسوا."),
    "q2.b": ("Ring.", "Appelez.", "اتصلوا."),
    "q2.right": ("Calm begins with you.", "Le calme vient de vous.", "يبدأ الهدوء منكم."),
    "q2.not-quite": ("Breath comes first.", "Le souffle d'abord.", "التنفس يسبق."),
    "q3": ("What goes with what?", "Qu'est-ce qui va ensemble ?", ""),
    "q3.a": ("Noise", "Du bruit", ""),
    "q3.x": ("Move on", "Changez de lieu", ""),
    "q3.b": ("Tears", "Des larmes", ""),
    "q3.y": ("Wait", "Attendez", ""),
    "q3.right": ("Both in place.", "Tout est en place.", ""),
    "q3.not-quite": ("Look again.", "Regardez encore.", ""),
}
_KINDS = {"note": "note", "title": "title", "summary": "summary", "aim-1": "aim", "post": "text", "why": "text"}
_MORE: dict[str, tuple[str, dict[str, Any]]] = {
    "signs": ("image", {"file": "round.svg"}),
    "call": ("audio", {"file": "call.ogg"}),
    "who": ("link", {"href": "https://example.org/guide"}),
    "sheet": ("download", {"file": "sheet.txt"}),
    "post": ("text", {"track": "health"}),
    "q1": ("question", {"kind": "single"}),
    "q2": ("question", {"kind": "ordering"}),
    "q3": ("question", {"kind": "matching"}),
}
TITLES = {"signs": "Round", "call": "Listen", "who": "Read on", "sheet": "Fold it", "post": "Your post", "why": "Why"}


def section(key: str, words: str) -> SectionText:
    part = key.partition(".")[2]
    if key in _MORE:
        kind, data = _MORE[key]
    elif part in ("x", "y"):
        kind, data = "reply", {"id": part}
    elif part.endswith("why") or part in ("right", "not-quite"):
        kind, data = "feedback", {}
    else:
        kind, data = ("left" if key.startswith("q3") else "option") if part else _KINDS[key], {}
    return SectionText(key, words, kind, TITLES.get(key, ""), data)


_OF_MODULE = ("title", "summary", "aim-1")


def sections_of(words: dict[str, str]) -> tuple[tuple[SectionText, ...], tuple[SectionText, ...]]:
    """Those of the module, and those of its unit."""
    unit = [section("title", words["unit"])]
    unit += [section(key, said) for key, said in words.items() if key not in (*_OF_MODULE, "unit")]
    return tuple(section(key, words[key]) for key in _OF_MODULE), tuple(unit)


QUESTIONS = (
    QuestionText("q1", "single", 1, {"right": "a"}),
    QuestionText("q2", "ordering", 1, {"order": ["a", "b"]}),
    QuestionText("q3", "matching", 1, {"pairs": {"a": "x", "b": "y"}}),
)


def publish_book(units: int = 1, words: dict[str, str] | None = None) -> Module:
    """The module, its translations (not of `words`), and the picture it names."""
    for code in ("fr", "ar"):
        if not ContentLanguage.objects.filter(pk=code).exists():
            add_language(code, code, right_to_left=code == "ar", by=None, at=timezone.now())
    folder = settings.MEDIA_ROOT / "packs" / "sample"
    Path(folder).mkdir(parents=True, exist_ok=True)
    (folder / "round.svg").write_bytes(DRAWING)
    heads, body = sections_of(words or {key: said[0] for key, said in WORDS.items()})
    written = tuple(UnitText(f"C{n + 1}", 5, body, QUESTIONS) for n in range(units))
    module = publish_module(ModuleText("calm", heads, written, pack="sample"), at=timezone.now()).module
    if words is None:
        for number, language in enumerate(("fr", "ar"), start=1):
            in_it = {key: said[number] for key, said in WORDS.items()}
            _translate("module:calm", heads, {key: in_it[key] for key in _OF_MODULE}, language)
            for n in range(units):
                _translate(f"unit:calm:C{n + 1}", body, in_it | {"title": in_it["unit"]}, language)
    return module


def _translate(document: str, sections: tuple[SectionText, ...], words: dict[str, str], language: str) -> None:
    kept, now = Document.objects.get(key=document), timezone.now()
    for one in sections:
        if said := words[one.key]:
            save_translation(
                kept, one.key, hash_of(one), language, title=one.title, markdown=said, state="reviewed", by=None, at=now
            )


def taken(module: Module, kind: str, language: str = "en") -> bytes:
    module = Module.objects.select_related("document", "published").get(pk=module.pk)
    return book_file(module, language, kind).content


def text_of(content: bytes, kind: str) -> str:
    """The words of a file in the order they stand, on one line."""
    if kind == "pdf":
        return plain(" ".join(lines_of(content)))
    if kind == "html":
        body = content.decode().partition("<body>")[2].partition("</body>")[0]
        return plain(" ".join(fromstring(f"<body>{body}</body>").itertext()))
    with zipfile.ZipFile(BytesIO(content)) as book:
        names = ["book/start.xhtml", *sorted(name for name in book.namelist() if "/unit-" in name)]
        return plain(" ".join(" ".join(fromstring(book.read(name)).itertext()) for name in names))
