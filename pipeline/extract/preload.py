"""What reading many documents needs, loaded once by the server that the reading processes are forked from.

They share its memory then, and none of them loads it for itself. That server can only be told of modules to import, so
this one works when it is imported; nothing else imports it.
"""

import gc

from pipeline.extract.worker import warm_up

warm_up()
gc.freeze()  # counted never again, so that the pages stay shared
