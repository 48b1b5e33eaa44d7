"""Writes annotated reports: narrative, tables, layouts and noise. Start with `compose.py`."""
