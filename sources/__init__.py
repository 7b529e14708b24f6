"""The doors in: readers of file formats, one adapter a publisher, the shipped figures."""
