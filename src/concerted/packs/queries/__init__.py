from concerted.packs.queries.loaded import BankLine, ModuleShown, PackShown, banks_listed, packs_loaded
from concerted.packs.queries.scripts import (
    OutlineRow,
    ScriptLine,
    Untranslated,
    outline_of,
    scripts_listed,
    titles_in,
    untranslated_in,
)

__all__ = [
    "BankLine",
    "ModuleShown",
    "OutlineRow",
    "PackShown",
    "ScriptLine",
    "Untranslated",
    "banks_listed",
    "outline_of",
    "packs_loaded",
    "scripts_listed",
    "titles_in",
    "untranslated_in",
]
