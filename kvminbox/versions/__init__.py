"""How series follow each other: revisions, chains, and what changed between them."""
