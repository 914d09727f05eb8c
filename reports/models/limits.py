"""How long a text may be: enough for every real report; a longer one is refused with a sentence."""

TEXT = 20_000
SHORT = 2_000
