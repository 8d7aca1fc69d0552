"""Documents made by libraries that are not ours, as word processors would save them."""

import io
from typing import Any

import docx
import odfdo

TITLE, SUMMARY = "Asking about safety", "How to ask, and what to do with the answer."


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def docx_of(fill: Any = None) -> bytes:
    """A .docx with a title, two units and whatever `fill` adds."""
    document = docx.Document()
    document.add_heading(TITLE, 0)
    document.add_paragraph(SUMMARY)
    document.add_heading("Before you ask", 1)
    document.add_heading("A quiet room", 2)
    words = document.add_paragraph("Close the ")
    words.add_run("door").bold = True
    words.add_run(" and ")
    words.add_run("wait").italic = True
    words.add_run(".")
    document.add_paragraph("Phones are away", style="List Bullet")
    document.add_paragraph("Nobody listens", style="List Bullet")
    document.add_paragraph("Not at the door", style="List Bullet 2")
    document.add_heading("The first question", 2)
    document.add_paragraph("Greet her", style="List Number")
    document.add_paragraph("Ask", style="List Number")
    document.add_heading("After the answer", 1)
    document.add_paragraph("Say what happens next.")
    if fill:
        fill(document)
    return saved(document)


def odt_of(fill: Any = None) -> bytes:
    """The same as an .odt."""
    document = odfdo.Document("text")
    body = document.body
    body.clear()
    strong = odfdo.Style("text", name="Heavy", bold=True)
    slanted = odfdo.Style("text", name="Slanted", italic=True)
    numbers = odfdo.Element.from_tag(
        '<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" style:num-format="1"/>'
        "</text:list-style>"
    )
    for style in (strong, slanted, numbers):
        document.insert_style(style, automatic=True)
    body.append(odfdo.Paragraph(TITLE, style="Title"))
    body.append(odfdo.Paragraph(SUMMARY))
    body.append(odfdo.Header(1, "Before you ask"))
    body.append(odfdo.Header(2, "A quiet room"))
    words = odfdo.Paragraph("Close the door and wait.")
    words.set_span("Heavy", regex="door")
    words.set_span("Slanted", regex="wait")
    body.append(words)
    inner = odfdo.List(["Not at the door"])
    last = odfdo.ListItem("Nobody listens")
    last.append(inner)
    bullets = odfdo.List(["Phones are away"])
    bullets.append(last)
    body.append(bullets)
    body.append(odfdo.Header(2, "The first question"))
    body.append(odfdo.List(["Greet her", "Ask"], style="Numbers"))
    body.append(odfdo.Header(1, "After the answer"))
    body.append(odfdo.Paragraph("Say what happens next."))
    if fill:
        fill(document)
    return saved(document)


#: How both are written down.
FIRST_UNIT = """\
---
unit: asking-about-safety.1
title: Before you ask
minutes: 1
aims: {}
---

## A quiet room {#a-quiet-room}

Close the **door** and *wait*.

- Phones are away
- Nobody listens
  - Not at the door

## The first question {#the-first-question}

1. Greet her
2. Ask
"""
