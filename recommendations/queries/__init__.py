"""Questions about recommendations that more than one place asks, split by noun."""
