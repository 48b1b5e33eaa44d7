"""Annotations → weights and their score. Needs the extra `train`; serving never imports it."""
