"""spaCy factories: they read and write a Doc, and know nothing of papers, tables or graphs."""
