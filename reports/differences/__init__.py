"""What two snapshots say differently, in plain words: by record, not by place in a file. Pure."""

from reports.differences.finding import Entry, Part, Value, What, differences

__all__ = ["Entry", "Part", "Value", "What", "differences"]
