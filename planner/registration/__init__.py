"""Registration: the form, the letters, the private link, and the desk's list."""
