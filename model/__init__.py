"""Text → report. No file system beyond loading weights, no web. Start with `extract.py`."""
