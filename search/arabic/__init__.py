"""Arabic text analysis: pure functions from text to tokens; no Django, no engine."""
