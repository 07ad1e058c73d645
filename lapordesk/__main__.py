"""`python -m lapordesk` is `lapordesk`."""

from lapordesk.cli import main

main()
