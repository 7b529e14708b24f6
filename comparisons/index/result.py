"""An index as it is handed out: its scores, and the tables that say how far to trust them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from comparisons.view import View


@dataclass(frozen=True)
class Index(View):
    """A view of scores and ranks, with further views beside it.

    Parameters
    ----------
    attached : mapping of str to View
        `parts` (score of every part), `consistency`, `correlations`, `left_out` (one indicator
        left out at a time); with uncertainty also `sensitivity` (Sobol indices) and `pairs` (those
        that never swap). Of several years all but `parts` are those of the last.

    See Also
    --------
    comparisons.view.View : what both have.
    """

    attached: Mapping[str, View] = field(default_factory=dict, repr=False)

    @property
    def parts(self) -> View:
        """The score of every part of the index, country by country."""
        return self.attached["parts"]

    @property
    def consistency(self) -> View:
        """How well the parts of each group hang together."""
        return self.attached["consistency"]

    @property
    def left_out(self) -> View:
        """What each indicator does to the ranks."""
        return self.attached["left_out"]

    def views(self) -> tuple[View, ...]:
        """List the index and the views beside it, in the order of reading."""
        return (self, *self.attached.values())
