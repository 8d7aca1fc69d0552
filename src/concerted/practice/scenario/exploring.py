"""Every way of playing a scenario, as far as they can be followed: finds where numbers shut the last way out. Pure."""

from collections import deque

from concerted.practice.scenario import playing
from concerted.practice.scenario.playing import Place
from concerted.practice.scenario.story import Story

#: So many steps are followed; what lies beyond is not judged.
MOST_STEPS = 10_000

State = tuple[str, tuple[int, ...], tuple[int, ...]]


def trapped(story: Story, most: int = MOST_STEPS) -> Place | None:
    """A place that can be reached and from which no ending can be, or None where none was found within `most` steps.

    The map must be sound otherwise: no choice leads nowhere, no passage is a dead end.
    """
    names = [variable.name for variable in story.variables]

    def state(place: Place) -> State:
        return place.at, tuple(place.values[name] for name in names), place.met

    begin = playing.begin(story)
    first = state(begin)
    places = {first: begin}
    before: dict[State, list[State]] = {first: []}
    waiting, home, steps = deque([first]), [], 0
    while waiting:
        now = waiting.popleft()
        place = places[now]
        if story.by_key[place.at].ending:
            home.append(now)
            continue
        if steps >= most:
            home.append(now)  # beyond what is followed: taken for a way out
            continue
        for choice in playing.open_choices(story, place):
            steps += 1
            after = playing.step(story, place, choice.key)
            key = state(after)
            if key in before:
                before[key].append(now)
            else:
                places[key], before[key] = after, [now]
                waiting.append(key)
    safe = set(home)
    while home:
        for earlier in before[home.pop()]:
            if earlier not in safe:
                safe.add(earlier)
                home.append(earlier)
    return next((place for key, place in places.items() if key not in safe), None)
