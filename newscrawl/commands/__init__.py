"""The commands a person types, one module each, named as the command."""
