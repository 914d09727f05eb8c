"""How days and times are written, in place of Django's: with the month in words, on a 24-hour clock."""
