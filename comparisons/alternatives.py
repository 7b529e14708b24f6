"""What could be compared instead of what was refused."""

from typing import TYPE_CHECKING

import numpy as np

from comparisons.judging import Judged
from comparisons.places import Ints, Mask

if TYPE_CHECKING:
    from benchmark.figures import Evidence
    from benchmark.rules.alternatives import Alternative

MOST = 3


def instead(
    evidence: "Evidence", rows: Ints, among: Judged, refused: Mask
) -> "tuple[Alternative, ...]":
    """Find the nearest figures that may be compared instead.

    Parameters
    ----------
    evidence : Evidence
        Figures and registry.
    rows : ndarray of int
        Rows of the figures table, one a cell.
    among : Judged
        The pairs judged.
    refused : ndarray of bool
        Those that are not comparable.

    Returns
    -------
    tuple of Alternative
        Those of the first refused pair that has any.
    """
    from benchmark.rules.alternatives import alternatives

    for k in np.flatnonzero(refused):
        a, b = int(rows[among.i[k]]), int(rows[among.j[k]])
        found = alternatives(evidence, a, b, MOST, among.judgement.config)
        if found:
            return found
    return ()
