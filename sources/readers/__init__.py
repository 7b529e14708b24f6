"""Readers of file formats: bytes or a path in, a table out."""
