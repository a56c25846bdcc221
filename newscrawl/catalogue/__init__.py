"""The newspapers known, with or without a spider, as facts."""
