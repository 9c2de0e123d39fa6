"""The models of this package's rooms."""

from reporting.accountability.models import Document

__all__ = ["Document"]
