"""Questions of other systems, read and written: GIFT, Moodle XML, Aiken and CSV. No models: callers bring the words."""
