"""A plan file that somebody brings to a page: read by itself, and small enough to be worked out while she waits."""

from concerted.maths.said import Figure, said
from concerted.planning.rules.plan.reading import Fault, PlanFaults
from concerted.planning.rules.plan.schema import Plan

#: Bytes of a plan on a page. The largest example of ours that stands alone has a fiftieth of that.
MOST_BYTES = 200_000
#: Territories x services x months x draws that are answered within a few seconds.
MOST_WORK = 10_000_000
#: Few draws make a plan no cheaper than this: staffing is worked out once for all of them.
_LEAST_DRAWS = 500
_BOMS = (b"\xff\xfe", b"\xfe\xff")


def _refuse(message: str, line: int = 0) -> PlanFaults:
    return PlanFaults([Fault(line, "", message)])


def text_given(given: bytes) -> str:
    """The text of a file, its line ends as ours. Raises `PlanFaults`."""
    if len(given) > MOST_BYTES:
        raise _refuse(said("The plan is larger than 200 KB. Leave out what is no plan, or use `concerted plan FILE`."))
    if given.startswith(_BOMS) or b"\0" in given[:4]:
        raise _refuse(said("The file is UTF-16 text. Save it again as UTF-8."), 1)
    try:
        text = given.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = given.count(b"\n", 0, fault.start) + 1
        raise _refuse(said("This line is not UTF-8 text. Save the file again as UTF-8."), line) from fault
    return text.replace("\r\n", "\n").replace("\r", "\n")


def refuse_too_much(plan: Plan) -> None:
    """Refuse a plan that would keep her, and everybody else, waiting. Raises `PlanFaults`."""
    sizes = len(plan.territories), len(plan.services), plan.months
    work = max(plan.draws, _LEAST_DRAWS)
    for size in sizes:
        work *= size
    if work > MOST_WORK:
        raise _refuse(
            said(
                "%(territories)s territories, %(services)s services, %(months)s months and %(draws)s draws take "
                "too long to wait for. Take fewer, or use `concerted plan FILE`.",
                territories=Figure(len(plan.territories)),
                services=Figure(len(plan.services)),
                months=Figure(plan.months),
                draws=Figure(plan.draws),
            )
        )
