"""The memory: SQLAlchemy tables, one file a noun, and the folder of evidence."""
