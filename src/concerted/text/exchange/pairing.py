"""The codes of a translation held against those of its source."""

from collections import Counter

from concerted.text.exchange.codes import Code, Run, Runs, runs_of


def aligned(source: Runs, target: Runs) -> tuple[Runs, Runs]:
    """Both with the same codes under the same ids; a mark that only one of them has becomes words.

    So a translation made by hand, which lost a mark or has another address in a link, still goes out and comes back
    as it is.
    """
    ids, _rest = _partners(source, target)
    return _kept(source, {name: name for name in ids.values()}), _kept(target, ids)


def told_apart(source: Runs, target: Runs) -> Runs:
    """The target's runs under the ids of the source's codes that look alike, for files that hold marks as mere words.

    A surplus code takes the id of its like, so that `fault_of` finds it doubled, or one that the source does not have.
    """
    ids, rest = _partners(source, target)
    like = {look: name for name, look in _looks(source).items()}
    ids |= {name: like.get(look, f"+{name}") for name, look in rest.items()}
    return _kept(target, ids)


def _partners(source: Runs, target: Runs) -> tuple[dict[str, str], dict[str, str]]:
    """id in the target -> id of the code in the source that looks alike; id -> look of those without a partner."""
    waiting: dict[str, list[str]] = {}
    for name, look in reversed(_looks(source).items()):
        waiting.setdefault(look, []).append(name)
    ids: dict[str, str] = {}
    rest: dict[str, str] = {}
    for name, look in _looks(target).items():
        if waiting.get(look):
            ids[name] = waiting[look].pop()
        else:
            rest[name] = look
    return ids, rest


def _looks(runs: Runs) -> dict[str, str]:
    """id -> what its code looks like, both halves."""
    looks: dict[str, str] = {}
    for run in runs:
        if isinstance(run, Code):
            looks[run.id] = f"{looks.get(run.id, '')}\0{run.kind}\0{run.mark}"
    return looks


def _kept(runs: Runs, ids: dict[str, str]) -> Runs:
    kept: list[Run] = []
    for run in runs:
        new: Run = run
        if isinstance(run, Code):
            new = Code(run.kind, ids[run.id], run.mark) if run.id in ids else run.mark
        if isinstance(new, str) and kept and isinstance(kept[-1], str):
            kept[-1] += new
        else:
            kept.append(new)
    return tuple(kept)


def fault_of(source: Runs, target: Runs) -> str:
    """What is wrong with the codes of `target`: "missing", "doubled", "unknown", "crossed", or nothing."""
    if any(isinstance(run, Code) and run.kind == "foreign" for run in (*source, *target)):
        return "unknown"
    wanted = Counter((run.kind, run.id) for run in source if isinstance(run, Code))
    got = Counter((run.kind, run.id) for run in target if isinstance(run, Code))
    if any(count > 1 for count in (*wanted.values(), *got.values())):
        return "doubled"
    if got.keys() - wanted.keys():
        return "unknown"
    if wanted.keys() - got.keys():
        return "missing"
    return "crossed" if _crossed(source) or _crossed(target) else ""


def fault_in_words(source: str, target: str) -> str:
    """`fault_of` for two texts in Markdown, whose marks are told apart by how they look."""
    runs = runs_of(source)
    return fault_of(runs, told_apart(runs, runs_of(target)))


def _crossed(runs: Runs) -> bool:
    open_now: list[str] = []
    for run in runs:
        if isinstance(run, Code) and run.kind == "open":
            open_now.append(run.id)
        elif isinstance(run, Code) and run.kind == "close" and (not open_now or open_now.pop() != run.id):
            return True
    return bool(open_now)


def restored(source: Runs, target: Runs) -> str:
    """The target's text, its codes written as in the source: tools may empty or redraw what stands inside a code."""
    marks = {(run.kind, run.id): run.mark for run in source if isinstance(run, Code)}
    return "".join(run if isinstance(run, str) else marks[run.kind, run.id] for run in target)
