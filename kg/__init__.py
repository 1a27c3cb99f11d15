"""kg turns documents about research into a knowledge graph: offline, and traceable to the exact sentence."""

__version__ = "0.1.0"
