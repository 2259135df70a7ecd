"""The archive scan: many contracts, their verdicts kept in one SQLite database."""
