"""Lists that came on paper or in an e-mail: pasted, typed, or said to be empty."""
