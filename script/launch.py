"""Hands over to the package beside this file, which needs nothing but Python itself."""

import sys

from launcher.command import main

sys.exit(main(sys.argv[1:]))
