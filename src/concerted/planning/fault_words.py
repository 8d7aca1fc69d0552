"""What is wrong with a plan file, in the reader's language. The rules know English only, as the command does."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from concerted.planning.rules.plan.said import Said

#: Every pattern that the rules make a sentence of, for the catalogues; a test holds the two together.
PATTERNS = (
    _("%(given)s %(name)s: a territory without its population cannot be planned. Write a whole number above 0."),
    _("%(given)s cannot be kept: no number of people reaches all. Write a share below 1, such as 0.9."),
    _("%(given)s cannot be meant. Write a number above %(bound)s."),
    _("%(given)s cannot be meant. Write a number below %(bound)s."),
    _("%(given)s cannot be meant. Write a number of at least %(bound)s."),
    _("%(given)s cannot be meant. Write a number of at most %(bound)s."),
    _(
        "%(territories)s territories, %(services)s services, %(months)s months and %(draws)s draws take "
        "too long to wait for. Take fewer, or use `concerted plan FILE`."
    ),
    _("A character stands here that no text has (%(sign)s). Take it out."),
    _("A date or number in this file cannot be read. Correct it."),
    _("A key must be a single word. Correct this line."),
    _("An effect needs its source. Write the name of an effect card, or ratio, low, high, source and doubts."),
    _("Anchors (*) are not read. Write the values out."),
    _("Brackets or indents go too deep here for a plan. Take some out."),
    _("Here no data file stands beside the plan. Write the territories into the plan, or use `concerted plan FILE`."),
    _("The file is UTF-16 text. Save it again as UTF-8."),
    _("The plan is larger than 200 KB. Leave out what is no plan, or use `concerted plan FILE`."),
    _("The source is missing. Write where it was read or counted; without a source it is not planned with."),
    _("This is no plan: it has no `title:`, `territories:` and `services:`."),
    _("This is not YAML: %(problem)s. Check the indent, colons and quotes of this line and the one above."),
    _("This line is indented with a tab. Put spaces in its place."),
    _("This line is not UTF-8 text. Save the file again as UTF-8."),
    _("“%(given)s” is no month. Write year and month, such as 2027-04."),
    _("“%(name)s” is missing. Write it."),
    _("“%(name)s” is not known here. Did you mean “%(close)s”?"),
    _("“%(name)s” is not known here. Take it out."),
    _("“%(name)s” stands here twice. Take one out."),
)


def in_words(message: str) -> tuple[str, str]:
    """What a fault says, and in which language: English where nobody has translated it."""
    if isinstance(message, Said):
        pattern, language = gettext(message.pattern), get_language() or "en"
        if pattern != message.pattern or language.startswith("en"):
            return pattern % message.values, language
    return str(message), "en"
