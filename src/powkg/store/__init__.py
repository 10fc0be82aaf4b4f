"""The embedded store, and the only place that runs SPARQL in process. Text and terms in, terms and bytes out.

In a store of the project's data the default graph holds each statement of every named graph but the shapes once; the
named graphs are those of the files, and `graph/dates`, `graph/labels` and `graph/inferred`, which the build derives. A
store of one's own holds what was loaded and written, as it was. Here a store is filled, opened and asked.
"""

from powkg.store.answers import Answer
from powkg.store.filling import Statement, fill
from powkg.store.nodes import fault
from powkg.store.reading import Store, open_store

__all__ = ["Answer", "Statement", "Store", "fault", "fill", "open_store"]
