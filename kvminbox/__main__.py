"""`python -m kvminbox`."""

import sys

from kvminbox.cli import main

sys.exit(main())
