"""How hard a text is to read: Flesch-Kincaid, in years of school; five more are the reading age in years."""

import re

VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?:[^laeiouy]e|[^td]ed|[^csxzg]es)$")


def syllables(word: str) -> int:
    """Syllables of a word, by its groups of vowels less a silent ending; a number is said as its digits, a half each."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if not letters:
        return max(1, len(word) // 2)
    return max(1, len(VOWELS.findall(letters)) - bool(SILENT.search(letters)))


def grade(sentences: list[str]) -> float:
    """Years of school needed. Kincaid and others, 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    words = [word for sentence in sentences for word in re.findall(r"[\w']+", sentence)]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
