"""How the web is asked: requests are guarded and throttled, and answers are checked."""
