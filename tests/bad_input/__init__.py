"""Bad input, as tables of rows: kind, how it is sent, what is sent, the exact message, the remedy."""
