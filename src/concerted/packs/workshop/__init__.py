"""Scenarios written in the browser: the format written and read back, so that a form and a file are the same words."""
