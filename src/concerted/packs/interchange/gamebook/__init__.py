"""A scenario on paper: numbered passages, "turn to 12", and a sheet on which the reader keeps what changes."""
