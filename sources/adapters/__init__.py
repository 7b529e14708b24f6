"""One adapter a publisher: what a reader returns becomes rows of the figures table."""
