"""Who is who: finds which records of many agencies are about one person, and says why.

Records are cleaned (`cleaning`), paired (`blocking`), compared (`comparisons`), weighed by Splink with the parameters of a
model file (`parameters`, `scoring`), held back where a score alone may not decide (`guards`), and grouped into people
(`people`, `grouping`). `explain` says a pair in words, `quality` how well it went. The only place that imports Splink.
"""
