"""The graph for people who write Python: what `powkg.open()` gives, and what it answers with."""

from powkg.api.entity import Entity
from powkg.api.knowledge_graph import KnowledgeGraph
from powkg.api.network import Network
from powkg.api.opening import open_graph
from powkg.api.paths import Paths
from powkg.api.picture import Picture
from powkg.api.rows import Rows

__all__ = ["Entity", "KnowledgeGraph", "Network", "Paths", "Picture", "Rows", "open_graph"]
