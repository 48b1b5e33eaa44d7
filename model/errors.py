"""What can go wrong, as a tree. Every message names the place and the remedy.

NianbaoError
├── EmptyText         nothing to read was given
├── WeightsError      the folder of weights is incomplete, or was trained for other labels
├── NotComparable     reports are not several years of one agency
└── AnnotationError   an annotated report is broken
"""


class NianbaoError(Exception):
    """Base of everything this project raises on purpose."""


class EmptyText(NianbaoError):
    """The text holds no character but blanks."""


class WeightsError(NianbaoError):
    """Weights that cannot be used with this version of the code."""


class AnnotationError(NianbaoError):
    """An annotation file that would teach the model something wrong."""


class NotComparable(NianbaoError):
    """Reports that are not several years of one agency."""
