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
#: Questions brought from a file: one proposes, a second person publishes.
BANK_PROPOSAL = row("questions from a file", author="C→2", national_coordinator="C→2")
