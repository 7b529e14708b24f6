"""When to ask: never more often than a publisher allows, and later again when it says so."""

import time
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


@dataclass(frozen=True)
class Patience:
    """How long and how often to try.

    Attributes
    ----------
    tries : int
        Attempts at one question.
    pause : float
        Wait before the second attempt [seconds]; doubled before each further one.
    longest : float
        Longest wait a publisher may ask for [seconds].
    connect, silence : float
        Longest time until a connection stands, and between two pieces of an answer [seconds].
    whole : float
        Longest time one answer may take, asynchronous ones included [seconds].
    """

    tries: int = 5
    pause: float = 1.0
    longest: float = 300.0
    connect: float = 10.0
    silence: float = 60.0
    whole: float = 1800.0

    def wait(self, attempt: int) -> float:
        """Give the wait after an attempt, counted from 1 [seconds].

        Examples
        --------
        >>> [Patience(pause=0.5).wait(attempt) for attempt in (1, 2, 3)]
        [0.5, 1.0, 2.0]
        """
        return min(self.pause * 2.0 ** (attempt - 1), self.longest)


class Clock:
    """Holds questions back so that no more than `calls` fall into any `window` seconds.

    Parameters
    ----------
    calls : int
        Questions allowed; 0 for any number.
    window : float
        Length of the window [seconds].
    """

    def __init__(self, calls: int = 0, window: float = 1.0) -> None:
        self._asked: deque[float] = deque()
        self.set(calls, window)

    def set(self, calls: int, window: float) -> None:
        """Take over what a publisher says of itself."""
        self.calls, self.window = calls, window

    def wait(self) -> None:
        """Wait until the next question may be put."""
        now = time.monotonic()
        while self._asked and self._asked[0] <= now - self.window:
            self._asked.popleft()
        if self.calls and len(self._asked) >= self.calls:
            time.sleep(self._asked[len(self._asked) - self.calls] + self.window - now)
        self._asked.append(time.monotonic())


def retry_after(header: str | None) -> float | None:
    """Read how long a publisher asks to wait.

    Parameters
    ----------
    header : str or None
        `Retry-After`: seconds, or a date.

    Returns
    -------
    float or None
        Seconds from now; None without a header that can be read.

    Examples
    --------
    >>> retry_after("7"), retry_after("Wed, 21 Oct 2015 07:28:00 GMT"), retry_after("soon")
    (7.0, 0.0, None)
    """
    if header is None:
        return None
    try:
        return max(0.0, float(int(header)))
    except ValueError:
        pass
    try:
        then = parsedate_to_datetime(header)
    except ValueError:
        return None
    aware = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
