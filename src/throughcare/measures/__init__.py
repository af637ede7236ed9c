"""The only code that counts: one definition, one calculator, one rule for small numbers, one way to write figures down."""
