"""Twee 3, the text format of Twine stories: what is written for SugarCube, what is read of SugarCube and Chapbook."""
