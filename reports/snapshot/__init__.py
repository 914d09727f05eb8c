"""Everything a report says, as JSON: complete, sorted, canonical, checked against a published schema.

The report is made from this alone; what is edited afterwards cannot change it. The same records give
the same bytes, so the same snapshot.
"""

from reports.snapshot.content import collect, statement
from reports.snapshot.highlights import highlights_of
from reports.snapshot.taking import SCHEMA, settled, take, validator
from reports.snapshot.upgrade import upgrade

__all__ = ["SCHEMA", "collect", "highlights_of", "settled", "statement", "take", "upgrade", "validator"]
