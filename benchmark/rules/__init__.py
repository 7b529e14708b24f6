"""The rules of comparability: which figures may be compared, and what may be said of them."""

from benchmark.rules.comparison import Comparison, compare
from benchmark.rules.config import Thresholds
from benchmark.rules.difference import Difference
from benchmark.rules.engine import RULES, VERDICTS, Judgement, judge
from benchmark.rules.explain import Explanation, explain_rule
from benchmark.rules.finding import Finding
from benchmark.rules.rule import Rule

__all__ = [
    "RULES",
    "VERDICTS",
    "Comparison",
    "Difference",
    "Explanation",
    "Finding",
    "Judgement",
    "Rule",
    "Thresholds",
    "compare",
    "explain_rule",
    "judge",
]
