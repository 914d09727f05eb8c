"""Who may do what with recommendations, split by noun; every no is a sentence fit to show."""
