"""Who can be signed in as: one person for every role, each with something to see."""

from dataclasses import dataclass

PASSWORD = "concerted demonstration"  # noqa: S105  printed at every start; these people exist on one machine only
DOMAIN = "kestria.example"


@dataclass(frozen=True)
class Account:
    """A made-up person with an account. `scope`: the name of an agency or territory, or empty for everywhere."""

    login: str
    name: str
    agency: str
    profession: str
    role: str = ""
    scope: str = ""
    language: str = "en"
    shows: str = ""

    @property
    def email(self) -> str:
        return f"{self.login}@{DOMAIN}"


#: Practitioners five months in their posts who have everything still before them.
LEARNERS = ("amal", "yara", "ines")
_BRENA = "Brena Valley Health Centre"
_OFFICE = "Office for Coordination"
ACCOUNTS = (
    Account("amal", "Amal Sabry", _BRENA, "midwife", shows="Practitioner: what is due, and a module to take"),
    Account("yara", "يارا كريم", "Galenwater Health Centre", "nurse", language="ar", shows="Practitioner, in Arabic"),
    Account("ines", "Inès Rahal", "Esker Schools", "school-counsellor", language="fr", shows="Practitioner, in French"),
    Account(
        "mona", "Mona Estev", _BRENA, "doctor", "manager", _BRENA, shows="Agency manager: who is due in her centre"
    ),
    Account("selma", "Selma Talvi", _BRENA, "midwife", "supervisor", _BRENA, shows="Supervisor"),
    Account("tove", "Tove Dahl", "Highlands Women's Centre", "advocate", "trainer", "Highlands", shows="Trainer"),
    Account(
        "lina",
        "Lina Harrow",
        "Highlands Women's Centre",
        "advocate",
        "local_coordinator",
        "Highlands",
        shows="Local coordinator of the Highlands: gaps by local area",
    ),
    Account(
        "nora",
        "Nora Lazar",
        _OFFICE,
        "advocate",
        "national_coordinator",
        shows="National coordinator: the whole country",
    ),
    Account(
        "nadia",
        "Nadia Osman",
        _OFFICE,
        "advocate",
        "national_coordinator",
        shows="Second national coordinator: confirms what the first proposes",
    ),
    Account("ada", "Ada Fenn", _OFFICE, "advocate", "author", shows="Author"),
    Account("tamar", "Tamar Novak", _OFFICE, "advocate", "translator", shows="Translator into French and Arabic"),
    Account(
        "rima", "Rima Halil", _OFFICE, "advocate", "translator", shows="Second translator: a draft waits for her review"
    ),
    Account("wanda", "Wanda Calder", _OFFICE, "advocate", "wellbeing_lead", shows="Wellbeing lead"),
    Account("olga", "Olga Petrel", _OFFICE, "advocate", "auditor", shows="Auditor: what was changed by whom"),
    Account("vera", "Vera Weld", _OFFICE, "advocate", "administrator", shows="Administrator"),
)
