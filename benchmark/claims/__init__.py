"""Claims in sentences, checked against the figures they are made of."""

from benchmark.claims.check import Check, check
from benchmark.claims.interval import Interval, claim_interval, meets

__all__ = ["Check", "Interval", "check", "claim_interval", "meets"]
