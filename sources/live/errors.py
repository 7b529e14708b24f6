"""Failures that the layers of a fetch tell apart; to a caller all are `NotFetched`."""

from benchmark.errors import NotFetched


class Denied(NotFetched):
    """The publisher answered with an error.

    Parameters
    ----------
    message : str
        What is wrong, in words.
    status : int
        Status code of the answer.
    body : bytes
        What was sent along.
    """

    def __init__(self, message: str, status: int, body: bytes = b"") -> None:
        super().__init__(message)
        self.status = status
        self.body = body


class Passing(NotFetched):
    """Something that may be well a moment later.

    Parameters
    ----------
    message : str
        What went wrong.
    pause : float or None
        How long the publisher asks to wait [seconds].
    """

    def __init__(self, message: str, pause: float | None = None) -> None:
        super().__init__(message)
        self.pause = pause
