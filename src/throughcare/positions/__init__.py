"""The science of positions: what tags send, what may be said of it and what may not.

Fixes are read (`reading`) and kept as they came, in Parquet by day (`store`), judged (`quality`) and asked: where nothing was
heard (`gaps`), how fast and where somebody stayed (`tracks`), whether zones (`zones`), curfews (`curfews`) and appointments
(`attendance`) were kept, who was near a crime in its window (`match`). Frames in, frames out; no Django. Whose a tag is, and what
follows from a finding, is not known here.
"""
