"""The redesign of a newspaper: where the fields of its articles stand on the pages of today."""
