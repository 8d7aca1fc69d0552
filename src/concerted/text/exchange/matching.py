"""Where sections that came back belong now, when the source may have moved on since they went out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from concerted.text.exchange.gather import left_out
from concerted.text.exchange.segments import Back, Piece


def matched(back: Back, now: Iterable[Piece]) -> Back:
    """`back`, held against the sections as they stand now.

    A section whose key still has the hash it was translated from stays. One whose wording stands in the same document
    under another key goes there, as a draft. Any other is left out and reported: its wording is gone, or the
    whole document. Equal wording in another document is never filled in.
    """
    hashes: dict[tuple[str, str], str] = {}
    keys: dict[tuple[str, str], list[str]] = defaultdict(list)
    for piece in now:
        hashes[piece.document, piece.key] = piece.source_hash
        keys[piece.document, piece.source_hash].append(piece.key)
    documents = {document for document, _key in hashes}
    kept = []
    gone = []
    taken = {(one.document, one.key) for one in back.returned if hashes.get((one.document, one.key)) == one.source_hash}
    for one in back.returned:
        if (one.document, one.key) in taken:
            kept.append(one)
            continue
        free = [key for key in keys.get((one.document, one.source_hash), ()) if (one.document, key) not in taken]
        if len(free) == 1:
            taken.add((one.document, free[0]))
            kept.append(replace(one, key=free[0], state="machine" if one.state == "machine" else "draft"))
        else:
            gone.append(left_out(f"{one.document}#{one.key}", "moved" if one.document in documents else "nowhere"))
    return replace(back, returned=tuple(kept), left_out=(*back.left_out, *gone))
