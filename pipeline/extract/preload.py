"""Loads, when imported, all that reading needs into the fork server, whose memory the reading processes share.

The fork server accepts only names of modules to import, hence the work at import time; nothing else imports this one.
"""

import gc

from pipeline.extract.worker import warm_up

warm_up()
gc.freeze()  # never scanned again, so that the memory pages stay shared
