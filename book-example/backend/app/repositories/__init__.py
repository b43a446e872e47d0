"""Queries, one class a table. A repository knows SQL and no rules."""
