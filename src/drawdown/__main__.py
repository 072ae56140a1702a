"""``python -m drawdown`` is the same as ``drawdown``."""

import sys

from drawdown.cli.main import main

sys.exit(main())
