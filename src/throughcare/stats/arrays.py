"""The arrays that the sums are made on."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

CHUNK = 16_384
"""Rows taken at once where all of them at once would need memory that a million rows do not leave."""
