"""Calendar arithmetic that several rooms share."""

import calendar
from datetime import date, timedelta

#: "No end": a date after every date we meet. `date.max` itself leaves no room to add a day.
FAR = date(9999, 1, 1)


def add_months(day: date, months: int) -> date:
    """`day` moved by `months` calendar months, kept inside the month; `FAR` when it would pass it.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    >>> add_months(date(2028, 2, 29), -12)
    datetime.date(2027, 2, 28)
    """
    whole = day.year * 12 + day.month - 1 + months
    year, month = whole // 12, whole % 12 + 1
    if year >= FAR.year:
        return FAR
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def add_days(day: date, days: int) -> date:
    """`day` moved by `days`; `FAR` stays `FAR`.

    >>> add_days(date(2026, 1, 1), 90)
    datetime.date(2026, 4, 1)
    >>> add_days(FAR, -90) == FAR
    True
    """
    return FAR if day >= FAR else min(FAR, day + timedelta(days=days))


def monday_of(day: date) -> date:
    """The Monday on or before `day`.

    >>> monday_of(date(2026, 11, 24))
    datetime.date(2026, 11, 23)
    """
    return day - timedelta(days=day.weekday())
