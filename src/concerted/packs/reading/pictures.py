"""A question about a picture: how large it is, and the areas in it that can be chosen."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.parts import Part
from concerted.packs.reading.sections import Block

_SIZE = re.compile(r"([1-9]\d{1,3})x([1-9]\d{1,3})")
#: A finger needs so much of a picture as wide as a phone, in hundredths of its width.
LEAST = 8


def picture_of(block: Block, areas: Iterable[Part], faults: Faults) -> dict[str, Any]:
    """What a page draws a picture with: file and size. Areas lie within it, large enough for a finger."""
    match = _SIZE.fullmatch(block.facts.get("size", ""))
    if match is None:
        faults.add(
            block.line,
            _("The question does not say how large its picture is."),
            _("Write size=600x400 in the braces, width before height."),
        )
        return {"file": block.facts.get("file", ""), "size": [100, 100]}
    width, height = int(match[1]), int(match[2])
    for part in areas:
        left, top, wide, high = part.area
        if left + wide > width or top + high > height:
            faults.add(
                part.line,
                _("This area is not within the picture of %(width)s by %(height)s.")
                % {"width": width, "height": height},
                _("Write left,top widthxheight in the measure of `size`."),
            )
        elif min(wide, high) * 100 < LEAST * width:
            faults.add(
                part.line,
                _("This area is too small for a finger."),
                _("Make it at least %(least)s wide and high.") % {"least": -(-LEAST * width // 100)},
            )
    return {"file": block.facts.get("file", ""), "size": [width, height]}
