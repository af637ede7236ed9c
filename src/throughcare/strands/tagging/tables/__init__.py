"""The tables of the strand, by what they are about: each file knows none of the rest of the strand. `models` names them all."""
