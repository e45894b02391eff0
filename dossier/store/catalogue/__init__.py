"""The catalogue in SQLite: tables, queries, and the matrix sums kept in it."""
