from concerted.kit.access import row

#: Which packs are loaded, in which languages they are complete, and what they say of themselves.
PACK = row("content pack", trainer="R", author="CR", translator="R", national_coordinator="R", auditor="R")
