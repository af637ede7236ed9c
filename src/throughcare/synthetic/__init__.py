"""The demonstration pilot: invented lives, the extracts that agencies would send of them, and the truth beside them.

It writes what agencies write and nothing else; every result comes from importing, deciding and counting.
"""
