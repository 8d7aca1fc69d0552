"""Collect the interface strings into src/concerted/locale. Needs GNU gettext (apt-get install gettext)."""

import os
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).parent.parent
#: Language -> how it counts.
LANGUAGES = {
    "fr": "nplurals=2; plural=(n > 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
}
#: Words Django itself says on our pages in a wording of ours are not collected; tests are no pages.
LEFT_OUT = ["tests/*", "*/tests/*"]


def extract() -> None:
    """Merge what the code says now into the catalogues; what is gone is dropped, a guess is never kept."""
    package = ROOT / "src" / "concerted"
    (package / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--no-location", "--no-wrap", "--no-obsolete"]
    command += [part for language in LANGUAGES for part in ("-l", language)]
    command += [part for pattern in LEFT_OUT for part in ("-i", pattern)]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "concerted.config.settings"}
    subprocess.run(command, cwd=package, env=environment, check=True)
    for language, plural in LANGUAGES.items():
        tidy(package / "locale" / language / "LC_MESSAGES" / "django.po", language, plural)


def tidy(path: Path, language: str, plural: str) -> None:
    """Sorted, without dates or guesses, so that two runs give the same file; says how much is left to translate."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.header = "The interface of Concerted."
    catalogue.metadata_is_fuzzy = []
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural,
    }
    for entry in catalogue:
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
            entry.msgstr = ""
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
            entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    catalogue.save(str(path))
    print(f"{language}: {len(catalogue)} strings, {len(catalogue.untranslated_entries())} to translate")


if __name__ == "__main__":
    extract()
