"""The annual report: work plan, highlights, goals, and the editions rendered from them; the library."""
