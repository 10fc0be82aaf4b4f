"""`python -m powkg`: the same as the command `powkg`."""

from powkg.cli import main

if __name__ == "__main__":
    main()
