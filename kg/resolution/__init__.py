"""How mentions become entities: forms, short forms and their senses, known aliases, families, decisions."""
