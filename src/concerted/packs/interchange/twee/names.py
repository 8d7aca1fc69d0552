"""Names that our Twee files use and that tell us our own again."""

#: The passage with the head of the scenario, and its tag.
HEAD = "concerted-head"
#: The passage that is asked where to go on when things happen by themselves, and its tag.
ONWARD = "concerted-onward"
#: The passage that stands before the first: the content note, and who one is in it. Its tag, too.
NOTE = "concerted-note"
ENDING, DEBRIEF, SPEAKER = "ending", "debrief", "speaker-"
#: Numbers of the story never have capitals, so these are none of them.
FEEDBACK, TO = "concertedFeedback", "concertedTo"
