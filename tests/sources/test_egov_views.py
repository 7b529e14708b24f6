"""Scores of the eGovernment Benchmark before the rules: the same score seen in several ways."""

import pytest

from benchmark.metadata import metadata
from benchmark.rules import compare
from tests.sources.scores import only_row


def test_metadata_are_those_of_the_worked_examples(plain, evidence):
    known = metadata(evidence, only_row(plain, "egov.transparency", "NOR", "2019/2020"))
    wanted = {
        "base": "services",
        "concept": "egov.transparency",
        "country": "NOR",
        "direction": 1,
        "method_version": "mixed_2019_2020",
        "mode": "mystery_shopping",
        "period": "2019/2020",
        "pool_id": "egov36_2021",
        "pool_size": 36,
        "programme": "egov_benchmark",
        "score_known": True,
        "series_breaks": [2016, 2020, 2024],
        "source_type": "primary",
        "tie": "1224",
        "unit": "score_0_100",
    }
    assert wanted.items() <= known.items()
    assert "version_break" not in known
    assert "base_filter" not in known


@pytest.mark.parametrize(
    ("a", "b", "verdict", "rules"),
    [
        (
            ("egov.overall", "DNK", "2022/2023"),
            ("egov.overall", "NOR", "2022/2023"),
            "comparable",
            "",
        ),
        (
            ("egov.overall", "DNK", "2022/2023"),
            ("egov.overall.annual", "DNK", "2023"),
            "caution",
            "C08 C11 C12",
        ),
        (
            ("egov.overall", "DNK", "2022/2023"),
            ("egov.overall.business", "NOR", "2022/2023"),
            "caution",
            "C08",
        ),
        (
            ("egov.overall.annual", "DNK", "2020"),
            ("egov.overall.annual", "DNK", "2021"),
            "caution",
            "C08",
        ),
        (
            ("egov.overall.annual", "DNK", "2021"),
            ("egov.overall.annual", "DNK", "2023"),
            "comparable",
            "",
        ),
        (
            ("egov.transparency", "NOR", "2018/2019"),
            ("egov.transparency", "NOR", "2019/2020"),
            "not_comparable",
            "C12 C30",
        ),
        (
            ("egov.transparency", "NOR", "2019/2020"),
            ("egov.transparency", "NOR", "2020/2021"),
            "caution",
            "C12 C31",
        ),
        (
            ("egov.user_centricity", "DNK", "2014/2015"),
            ("egov.user_centricity", "DNK", "2016/2017"),
            "not_comparable",
            "C30",
        ),
        (
            ("egov.overall", "MDA", "2023"),
            ("egov.overall", "DNK", "2022/2023"),
            "caution",
            "C08 C10 C11 C35",
        ),
        (
            ("egov.digital_decade.citizens", "DNK", "2022/2023"),
            ("egov.digital_decade.citizens", "DNK", "2025"),
            "not_comparable",
            "C11 C30",
        ),
        (
            ("egov.digital_decade.citizens", "DNK", "2022/2023"),
            ("egov.user_centricity.online_availability", "DNK", "2022/2023"),
            "not_comparable",
            "C06",
        ),
    ],
)
def test_views_of_one_score_are_not_silently_comparable(a, b, verdict, rules, plain, evidence):
    one, other = (metadata(evidence, only_row(plain, *where)) for where in (a, b))
    found = compare(one, other)
    assert found.verdict == verdict
    assert [finding.rule for finding in found.findings] == rules.split()
