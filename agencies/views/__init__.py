"""Pages of agencies and the chair: for everybody (`pages`), and for the secretariat."""
