"""What a person types: one module a command, its name the command's."""
