"""Find a country by its name, or say why the name is not taken and what to write instead."""

from benchmark import names as known
from benchmark.errors import UnknownName
from benchmark.groups import group


def country_called(text: str) -> str:
    """Find the one country that a name stands for.

    Parameters
    ----------
    text : str
        A name, no code.

    Returns
    -------
    str
        ISO 3166-1 alpha-3.

    Raises
    ------
    UnknownName
        The name must not match, stands for several countries, or is not known.

    Examples
    --------
    >>> country_called("Tjekkiet")
    'CZE'
    """
    key = known.key(text)
    shown = repr(text if len(text) <= 60 else f"{text[:60]} ...")
    refused = known.refusals().get(key)
    if refused:
        raise UnknownName(
            f"{shown} is not taken for a country: {refused['why']}. "
            f"Write instead {refused['instead']}."
        )
    if key in known.groups():
        raise UnknownName(
            f"{shown} is a group of countries, not one country; its members are "
            f"{', '.join(group(text))}."
        )
    if key in known.aggregates():
        raise UnknownName(f"{shown} is a set of countries that has figures of its own, no country.")
    # The second index is built only when the first does not know the name.
    code = known.cldr_index().get(key) or known.iso_index().get(key)
    if not code:
        raise UnknownName(f"no country is called {shown}; {_suggestions(key)}")
    return code


def _suggestions(key: str) -> str:
    """Name what a misspelt name may have been meant for; never used to match."""
    from difflib import get_close_matches

    index, display = known.cldr_index(), known.country_names("en")
    candidates = [*index, *known.refusals()] if len(key) <= 60 else []
    close = get_close_matches(key, candidates, n=4, cutoff=0.75)
    meant = dict.fromkeys(
        f"{display[index[spelling]]} ({index[spelling]})"
        if index.get(spelling)
        else f"{known.refusals()[spelling]['names'][0]} (no country of today)"
        for spelling in close
        if index.get(spelling) or spelling in known.refusals()
    )
    if not meant:
        return "write its name in English or a Nordic language, or its ISO 3166 code."
    return f"did you mean {' or '.join(meant)}?"
