"""The plan’s own kinds of record, and which of their changes belong to a record. The engine is `kpis.trail`."""

from .records import KINDS, Record, programme_record, record, whole

__all__ = ["KINDS", "Record", "programme_record", "record", "whole"]
