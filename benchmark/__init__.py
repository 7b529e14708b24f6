"""The language of the benchmark: figures, indicators, units, countries, cube, comparability."""
