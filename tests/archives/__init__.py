"""Small archives that released versions wrote, and how one more is made."""
