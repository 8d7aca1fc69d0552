from concerted.practice.services.attempts import (
    AttemptFinished,
    AttemptRefused,
    finish_attempt,
    lock_attempt,
    next_opens,
    open_attempt,
    save_step,
)
from concerted.practice.services.scenarios import (
    begin_scenario,
    end_scenario,
    place_of,
    publish_scenario,
    reword_scenario,
    skip_passage,
    story_of,
    take_choice,
)

__all__ = [
    "AttemptFinished",
    "AttemptRefused",
    "begin_scenario",
    "end_scenario",
    "finish_attempt",
    "lock_attempt",
    "next_opens",
    "open_attempt",
    "place_of",
    "publish_scenario",
    "reword_scenario",
    "save_step",
    "skip_passage",
    "story_of",
    "take_choice",
]
