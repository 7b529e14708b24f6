"""Servers on this machine that speak as publishers do, with their limits and their failures."""
