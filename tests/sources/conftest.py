"""The eGovernment Benchmark as shipped, read once for all tests of this room."""

import pandas as pd
import pytest

from benchmark.figures import Evidence, gather
from sources.adapters import egov
from sources.catalogue import registry


@pytest.fixture(scope="session")
def figures() -> pd.DataFrame:
    """Rows as the adapter gives them."""
    return egov.read(registry())


@pytest.fixture(scope="session")
def plain(figures: pd.DataFrame) -> pd.DataFrame:
    """The same rows with plain texts."""
    coded = [name for name in figures if isinstance(figures[name].dtype, pd.CategoricalDtype)]
    return figures.astype(dict.fromkeys(coded, str))


@pytest.fixture(scope="session")
def evidence(figures: pd.DataFrame) -> Evidence:
    """The same rows, checked, with the registry."""
    return gather({"egov": figures}, registry())
