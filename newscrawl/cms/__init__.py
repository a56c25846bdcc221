"""The CMS families: one file each for its page classes, one for its lists where they are long."""
