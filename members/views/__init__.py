"""Pages about people: the roster, one person, roles, invitations, one's own profile."""
