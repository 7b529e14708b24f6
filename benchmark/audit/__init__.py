"""The audit: a table of figures against its documents, its own sums and its neighbours."""

from benchmark.audit.checks import audit
from benchmark.audit.declared import Declared
from benchmark.audit.finding import Finding
from benchmark.audit.report import Audit

__all__ = ["Audit", "Declared", "Finding", "audit"]
