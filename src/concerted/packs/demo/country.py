"""The invented country of the demonstration: its places, its agencies and how well each place has kept up."""

from dataclasses import dataclass

COUNTRY = "Kestria"
#: region -> (share of its people whose training is in place, local areas)
REGIONS: dict[str, tuple[float, tuple[str, ...]]] = {
    "Highlands": (0.52, ("Aldermoor", "Brena Valley", "Corvale", "Duneth")),
    "Lakes": (0.74, ("Esker", "Farrowmere", "Galenwater", "Harrowby")),
    "Coast": (0.86, ("Ister Bay", "Jorun", "Kelmouth", "Lindmouth")),
}
#: Areas that stand out from their region, so that every board has something to say.
OUT_OF_STEP = {"Duneth": 0.24, "Harrowby": 0.9, "Lindmouth": 0.6}
#: local area -> women and girls, persons; invented.
PEOPLE_LIVING = {
    "Aldermoor": (61_200, 120_900),
    "Brena Valley": (48_700, 96_100),
    "Corvale": (32_400, 63_800),
    "Duneth": (21_900, 42_600),
    "Esker": (74_500, 147_300),
    "Farrowmere": (58_100, 114_000),
    "Galenwater": (91_800, 181_200),
    "Harrowby": (44_300, 87_900),
    "Ister Bay": (133_600, 262_700),
    "Jorun": (67_900, 133_400),
    "Kelmouth": (156_200, 309_800),
    "Lindmouth": (38_800, 75_900),
}


@dataclass(frozen=True)
class AgencyPlan:
    """A kind of agency: its sector and how many people of which profession work in one."""

    name: str
    sector: str
    staff: tuple[tuple[str, int], ...]


LOCAL = (
    AgencyPlan("{place} Health Centre", "health", (("midwife", 14), ("nurse", 24), ("doctor", 12))),
    AgencyPlan("{place} Police Station", "police", (("patrol-officer", 28), ("investigator", 9), ("desk-officer", 8))),
    AgencyPlan("{place} Social Services", "social", (("social-worker", 15), ("child-protection-worker", 7))),
    AgencyPlan("{place} Schools", "education", (("teacher", 24), ("school-counsellor", 6))),
)
REGIONAL = (
    AgencyPlan("{place} Court", "justice", (("judge", 8), ("court-clerk", 12))),
    AgencyPlan("{place} Prosecutor's Office", "justice", (("prosecutor", 15),)),
    AgencyPlan("{place} Women's Centre", "women", (("advocate", 11), ("shelter-worker", 7))),
)
NATIONAL = (
    AgencyPlan("National Helpline", "helpline", (("call-taker", 40),)),
    AgencyPlan("National School of Midwifery", "health", (("health-student", 37),)),
    AgencyPlan("Office for Coordination", "women", (("advocate", 0),)),
)
_GIVEN = (
    "Amira Lena Sofia Nadia Ines Rosa Mara Leila Hana Clara Edda Tova Selma Ruth Yara Ada Bela Chiara "
    "Dora Elif Fadia Greta Ilse Jana Kaja Lidia Mina Nora Olga Pilar Rania Sanna Tamar Una Vera Wanda "
    "Zora Adil Boris Carl Dario Emil Farid Goran Hamid Ivan Jonas Karim Luca Marko Nils Omar Pavel Rafi "
    "Samir Tomas "
)
GIVEN = _GIVEN.split()
_FAMILY = (
    "Aldan Brandis Corvin Dahl Estev Fenn Galen Harrow Istrov Jarel Kestrel Lorne Marwan Nedim Orlow "
    "Prentis Quarles Rasmin Sabry Talvi Ulmer Varga Wendt Yilan Zeman Abara Boukhal Calder Dinesh Ekwall "
    "Farouk Greave Hollin Ismail Jovan Kader Lazar Mensah Novak Osman Petrel Rahal Sorin Tarek Vidal Weld "
)
FAMILY = _FAMILY.split()
