"""Forms of recommendations, split by noun."""
