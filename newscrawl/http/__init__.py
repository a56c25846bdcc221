"""Ask the web politely and safely, and distrust its answers."""
