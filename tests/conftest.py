"""Settings of the whole suite."""

import os

from hypothesis import settings

# Where a failure must be the change's own, the examples are the same each time; elsewhere they are new each time.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")
