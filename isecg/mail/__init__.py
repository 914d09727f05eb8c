"""Mail as rows: written with what they tell of, handed over by a worker, kept for ever."""
