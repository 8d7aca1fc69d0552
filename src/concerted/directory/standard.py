"""The sectors and professions a response usually starts with, named in the four languages of the interface.

A response may leave some out and add its own; codes never change, since packs and audiences name them.
"""

from concerted.directory.models import Profession, Sector

LANGUAGES = ("en", "fr", "es", "ar")
#: code -> names in the order of LANGUAGES.
SECTORS: dict[str, tuple[str, str, str, str]] = {
    "health": ("Health", "Santé", "Salud", "الصحة"),
    "police": ("Police", "Police", "Policía", "الشرطة"),
    "justice": ("Justice", "Justice", "Justicia", "القضاء"),
    "social": ("Social services", "Services sociaux", "Servicios sociales", "الخدمات الاجتماعية"),
    "education": ("Education", "Éducation", "Educación", "التعليم"),
    "women": (
        "Specialist women's services",
        "Services spécialisés pour les femmes",
        "Servicios especializados para mujeres",
        "الخدمات المتخصصة للنساء",
    ),
    "helpline": ("Helpline", "Ligne d’écoute", "Línea de ayuda", "خط المساعدة"),
}
#: sector -> profession -> names in the order of LANGUAGES.
PROFESSIONS: dict[str, dict[str, tuple[str, str, str, str]]] = {
    "health": {
        "midwife": ("Midwife", "Sage-femme", "Matrona", "قابلة"),
        "nurse": ("Nurse", "Infirmière ou infirmier", "Enfermera o enfermero", "ممرضة أو ممرض"),
        "doctor": ("Doctor", "Médecin", "Médica o médico", "طبيبة أو طبيب"),
        "health-student": (
            "Health student",
            "Étudiante ou étudiant en santé",
            "Estudiante de salud",
            "طالبة أو طالب صحة",
        ),
    },
    "police": {
        "patrol-officer": (
            "Patrol officer",
            "Agente ou agent de patrouille",
            "Agente de patrulla",
            "شرطية أو شرطي دورية",
        ),
        "investigator": ("Investigator", "Enquêtrice ou enquêteur", "Investigadora o investigador", "محققة أو محقق"),
        "desk-officer": ("Desk officer", "Agente ou agent d’accueil", "Agente de recepción", "موظفة أو موظف استقبال"),
    },
    "justice": {
        "judge": ("Judge", "Juge", "Jueza o juez", "قاضية أو قاضٍ"),
        "prosecutor": ("Prosecutor", "Procureure ou procureur", "Fiscal", "مدعية أو مدعٍ عام"),
        "court-clerk": (
            "Court clerk",
            "Greffière ou greffier",
            "Secretaria o secretario judicial",
            "كاتبة أو كاتب محكمة",
        ),
    },
    "social": {
        "social-worker": (
            "Social worker",
            "Travailleuse ou travailleur social",
            "Trabajadora o trabajador social",
            "أخصائية أو أخصائي اجتماعي",
        ),
        "child-protection-worker": (
            "Child protection worker",
            "Agente ou agent de protection de l’enfance",
            "Trabajadora o trabajador de protección infantil",
            "عاملة أو عامل حماية الطفل",
        ),
    },
    "education": {
        "teacher": ("Teacher", "Enseignante ou enseignant", "Docente", "معلمة أو معلم"),
        "school-counsellor": (
            "School counsellor",
            "Conseillère ou conseiller scolaire",
            "Orientadora u orientador escolar",
            "مرشدة أو مرشد مدرسي",
        ),
    },
    "women": {
        "advocate": ("Advocate", "Accompagnatrice", "Acompañante", "مناصرة"),
        "shelter-worker": (
            "Shelter worker",
            "Intervenante en hébergement",
            "Trabajadora de casa de acogida",
            "عاملة في دار إيواء",
        ),
    },
    "helpline": {
        "call-taker": ("Call taker", "Écoutante ou écoutant", "Operadora u operador", "متلقية أو متلقي مكالمات"),
    },
}


def named(names: tuple[str, ...]) -> dict[str, str]:
    """Names by language."""
    return dict(zip(LANGUAGES, names, strict=True))


def add_standard(sectors: frozenset[str] | None = None) -> None:
    """Add the standard sectors (those asked for, or all) and their professions; what is there stays as it is."""
    for place, (code, names) in enumerate(SECTORS.items(), start=1):
        if sectors is not None and code not in sectors:
            continue
        sector, _made = Sector.objects.get_or_create(code=code, defaults={"names": named(names), "place": place})
        for profession, called in PROFESSIONS[code].items():
            Profession.objects.get_or_create(code=profession, defaults={"names": named(called), "sector": sector})
