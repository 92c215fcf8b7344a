"""How the learned model is made; not part of the installed program."""
