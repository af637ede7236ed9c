"""Getting ready for work: the right to work, how ready, what is looked for and needed, what bars, what may be told."""
