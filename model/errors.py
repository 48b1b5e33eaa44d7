"""What can go wrong, as a tree. Every message names the place and the remedy.

NianbaoError
├── EmptyText         nothing to read was given
├── WeightsError      the folder of weights is incomplete, or was trained for other labels
├── NotComparable     reports are not several years of one agency
├── AnnotationError   an annotated report is broken
├── LossyExport       quantising cost too much (training/export.py)
├── UnreadableText    bytes are no text in the encoding they are said to be in (service/encoding.py)
├── UnusableFolder    a folder of texts cannot be read into a folder of reports (service/folder.py)
├── SettingsError     a variable of the environment has no usable value (service/settings.py)
├── KeyReused         an Idempotency-Key came with another body before (service/jobs.py)
├── Occupied          others keep the file of jobs to themselves (service/jobs.py)
└── Deleted           a job went while its results were sent (service/routes/jobs.py)
"""


class NianbaoError(Exception):
    """Base of what this project raises on purpose; refusals over HTTP are `service.problems.Problem`."""


class EmptyText(NianbaoError):
    """The text holds no character but blanks."""


class WeightsError(NianbaoError):
    """Weights that cannot be used with this version of the code."""


class AnnotationError(NianbaoError):
    """An annotation file that would teach the model something wrong."""


class NotComparable(NianbaoError):
    """Reports that are not several years of one agency."""
