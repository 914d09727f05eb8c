"""People: who they are, which role they hold for whom and when, and how they are invited."""
