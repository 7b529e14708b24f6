"""Asking publishers for their tables: only when told to, only the hosts they are registered with.

A publisher is data (`publishers.toml`); a protocol is a module of this package; what arrives is
kept as it was sent (`cache`), and a complete fetch is a vintage (`sources.vintages`).
"""
