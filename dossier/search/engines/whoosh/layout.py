"""Layout of terms and postings in the files of a Whoosh segment, as Whoosh 2.7.4 has it."""

from struct import Struct

TERM = Struct("!BfIBBfIIqi")
"""A term in the list of terms: flags, weight, passages, two lengths, weight, first, last; then where its postings are
in their file, and how many bytes.
"""
LENGTH, LENGTHS = Struct("!i"), Struct("!ii")
"""Bytes of a block of postings, below 0 for the last one; and of a key and what is said of it, in the list of terms."""
FIELD = Struct("!H")
"""The number of a field, which begins the key of a term."""
MAGIC = b"W3Bl"
"""Begins the postings of a term."""
BETWEEN = b"\x00"
"""Stands between the places of one passage and those of the next; places count from 1 there."""
