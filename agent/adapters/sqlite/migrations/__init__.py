"""The schema, one numbered SQL file a step; `database.py` applies them in order."""
