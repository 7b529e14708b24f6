"""The reference tables of the eGovernment Benchmark, in the words of the figures table."""

from pathlib import Path

import pandas as pd

from sources.adapters.egov_scores import table

DOCUMENTS = {
    "S1": "egov_long_table_2023",
    "S2": "egov_workbook_2021",
    "S3": "egov_workbook_2022",
    "S4": "egov_workbook_2023",
    "S5": "egov_workbook_2024",
    "S6": "egov_dashboard_2026",
    "MR": "egov_long_table_2023",
    **{str(year): f"egov_workbook_{year}" for year in range(2021, 2025)},
}
SHEETS = {
    "MR": "Machine Readable Format",
    "2021": "1. Scores 2020",
    "2022": "1. Scores 2021",
    "2023": "1. Scores 2022",
    "2024": "1. Scores 2024",
}
VARIANTS = {
    "headline_biennial": "",
    "headline_single_year": ".annual",
    "single_year_average": ".annual",
    "derived_mean_of_3_life_events": ".annual",
    "business_life_events": ".business",
    "citizen_life_events": ".citizen",
    "digital_decade_kpi": "",
}
EVENTS = {
    "E1": "regular_business",
    "E2": "moving",
    "E3": "transport",
    "E4": "small_claims",
    "E5": "business_start_up",
    "E6": "family",
    "E7": "career",
    "E8": "studying",
    "E9": "health",
}
AREAS = {"EU27": "EU27_2020", "EU27+": "EU27PLUS"}
KEY = ["indicator", "country", "period", "breakdown", "kind", "edition", "document"]


def reference(folder: Path) -> pd.DataFrame:
    """Both reference tables as rows with KEY, value, locator and confidence."""
    joined = [_country_scores(folder), _life_events(folder)]
    return pd.concat(joined, ignore_index=True)


def _country_scores(folder: Path) -> pd.DataFrame:
    rows = pd.read_csv(folder / "egov_benchmark.csv", dtype=str, keep_default_na=False)
    derived = rows["aggregation"] == "derived_mean_of_3_life_events"
    variant = rows["aggregation"].map(VARIANTS)
    return pd.DataFrame(
        {
            "indicator": "egov." + rows["indicator_code"].map(_codes()) + variant,
            "country": rows["iso3"].replace(AREAS),
            "period": rows["measurement_year_or_period"].str.replace("+", "/"),
            "breakdown": "total",
            "kind": derived.map({True: "derived", False: "observed"}),
            "edition": rows["edition"],
            "document": rows["source"].map(DOCUMENTS),
            "value": rows["value"].astype(float),
            "locator": rows["locator"],
            "confidence": rows["confidence"],
        }
    )


def _life_events(folder: Path) -> pd.DataFrame:
    rows = pd.read_csv(folder / "egov_life_events.csv", dtype=str, keep_default_na=False)
    return pd.DataFrame(
        {
            "indicator": "egov." + rows["indicator_code"].map(_codes()) + ".annual",
            "country": rows["iso3"].replace(AREAS),
            "period": rows["year"],
            "breakdown": "life_event=" + rows["life_event_code"].map(EVENTS),
            "kind": "observed",
            "edition": (rows["year"].astype(int) + 1).astype(str),
            "document": rows["source_file"].map(DOCUMENTS),
            "value": rows["value"].astype(float),
            "locator": rows["source_file"].map(SHEETS) + "!" + rows["cell"],
            "confidence": rows["confidence"],
        }
    )


def _codes() -> dict[str, str]:
    return {entry["code"]: entry["indicator"] for entry in table("crosswalk")}


def only_row(
    plain: pd.DataFrame, indicator: str, country: str, period: str, breakdown: str = "total"
) -> int:
    """Position of the one figure with this key."""
    wanted = {
        "indicator": indicator,
        "country": country,
        "period": period,
        "breakdown": breakdown,
    }
    mask = pd.Series(True, plain.index)
    for name, text in wanted.items():
        mask &= plain[name] == text
    assert mask.sum() == 1, wanted
    return int(plain.index[mask][0])
