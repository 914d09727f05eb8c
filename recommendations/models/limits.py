"""How long texts may be: enough for every real one; a longer one is refused with a sentence."""

TEXT = 300_000  # a whole recommendation with its annexes
PARAGRAPH = 20_000
PARAGRAPHS = 1_000
COMMENT = 10_000
SHORT = 2_000
