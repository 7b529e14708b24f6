"""``python -m nordbench`` is the command line."""

from comparisons.cli import main

if __name__ == "__main__":
    main()
