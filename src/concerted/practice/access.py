from concerted.kit.access import row

#: A scenario being written here. Publishing it asks a second person: `text.access.PUBLISHING`.
SCRIPT = row(
    "draft of a scenario",
    author="RCU",
    trainer="R",
    translator="R",
    national_coordinator="R",
    auditor="R",
)
