from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One figure against its limit: a ratio to the bare page, or an amount of `unit`."""

    name: str
    ratio: float
    limit: float
    direction: str
    conditions: str
    unit: str = "x"

    @property
    def kept(self) -> bool:
        return self.ratio <= self.limit if self.direction == "max" else self.ratio >= self.limit
