"""Rows of the collected figures that international sources answer for, and where each one went."""

import csv
from pathlib import Path
from typing import Any

FIRST, LAST = 200, 500
"""Lines of the collected figures (the header is line 1) that these tests answer for."""

NOT_PLACED = {
    201: "the size of a survey, no statistic",
}

COUNTRIES = {"EU27": "EU27_2020", "WLD21": "BCG21", "WLD9": "OKTA9"}
"""How the collection spells some areas, and what the registry calls them."""

TRUST = "oecd.trust_"
USE = "eurostat.egov_use"
INDICATORS = {
    "UN EGDI": "un.egdi",
    "UN EGDI rank (193 countries)": "un.egdi_rank",
    "UN E-Participation Index": "un.e_participation",
    "Online Service Index": "un.egdi.online_services",
    "DGI digital design": "oecd.dgi.digital_by_design",
    "DGI user driven": "oecd.dgi.user_driven",
    "DGI composite index": "oecd.dgi",
    "DGI composite rank": "oecd.dgi_rank",
    "trust in national government": f"{TRUST}national_government",
    "trust in national civil service": f"{TRUST}civil_service",
    "trust in local government": f"{TRUST}local_government",
    "trust in police": f"{TRUST}police",
    "trust in courts": f"{TRUST}courts",
    "likely that government uses personal data only for legitimate purposes": f"{TRUST}data_use",
    "likely that an employee would refuse a bribe": "oecd.refuse_bribe",
    "satisfied with administrative services used": "oecd.satisfaction_administrative",
    "satisfied with administrative services": "oecd.glance_satisfaction_administrative",
    "confidence in national government": "gallup.confidence_national_government",
    "used website or app of a public authority": USE,
    "used website or app of a public authority (one or more purposes)": USE,
    "interacted with public authorities over internet": USE,
    "interaction with public authorities (general)": "eurostat.egov_interaction",
    "accessed personal information": f"{USE}.personal_information",
    "received official communication digitally": f"{USE}.received_communication",
    "obtained information on services, rights": f"{USE}.information",
    "requested benefits": f"{USE}.benefits",
    "accessed public databases or registers": f"{USE}.databases",
    "downloaded or printed forms": f"{USE}.forms",
    "made appointment or reservation": f"{USE}.appointment",
    "digital public services dimension": "desi.digital_public_services",
    "e-government users": "desi.egov_users",
    # The same facts of the same file as those of the eGovernment Benchmark: one row, not two.
    "digital public services for citizens": "egov.digital_decade.citizens",
    "digital public services for businesses": "egov.digital_decade.businesses",
    "DESI rank": "desi.rank",
    "users who had a problem (more than)": "bcg.problems",
    "trusts government digital services": "okta.trust_digital_services",
    "does not trust government digital services": "okta.distrust_digital_services",
    "trusts that data in them are protected": "okta.trust_data_protection",
    "never had problems using them": "okta.no_problems",
    "digital public services make it easier for them": "svenskarna.services_easier",
    "digital public services make it harder": "svenskarna.services_harder",
    "does not feel part of the digital society at all": "svenskarna.outside_digital_society",
    "uses e-identification": "svenskarna.e_id",
}

UNITS = {
    "percent": "percent",
    "percent of internet users (12 months)": "percent",
    "rank": "rank",
    "index 0-1": "index_0_1",
    "score 0-100": "score_0_100",
}

ADDRESSED = {
    "UNU-EGOV/datasets": "https://github.com/UNU-EGOV/datasets/",
    "pluralitybook/plurality": "https://github.com/pluralitybook/plurality/",
    "blavatnik-index/bipa2024_sourcedata": "https://github.com/blavatnik-index/",
    "digital-agenda data portal": "https://github.com/digital-agenda-data/digital-agenda/",
    "Statista": "",
    "public GitHub note": "",
}
"""Sources the collection names without a full address, and how the document's begins."""

OTHER_PLACE = {235: "", 466: "https://government-transformation.com/"}
"""Lines whose place is another than their address: the article was read elsewhere."""


def rows(shared: Path) -> dict[int, dict[str, str]]:
    """Read the lines answered for, by their number."""
    with (shared / "data" / "figures.csv").open(encoding="utf-8") as lines:
        numbered = enumerate(csv.DictReader(lines), start=2)
        return {line: row for line, row in numbered if FIRST <= line <= LAST}


def wanted(row: dict[str, str]) -> dict[str, Any]:
    """Say which figures of the table may answer for a line."""
    place = row["iso3_or_subnational"]
    year = row["reference_year"] or row["publication_year"]
    return {
        "indicator": INDICATORS[row["indicator"]],
        "country": COUNTRIES.get(place, place),
        "year": int(year[-4:]),
        "value": float(row["value"]),
        "unit": UNITS[row["unit"]],
        "confidence": row["confidence"],
    }


def address(line: int, row: dict[str, str]) -> str:
    """Say how the address of the document must begin."""
    source = row["source_url"]
    known = (begin for name, begin in ADDRESSED.items() if source.startswith(name))
    return OTHER_PLACE.get(line, next(known, source.partition(" ")[0]))
