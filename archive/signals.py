"""Signals that the archive sends; search listens to them, which the archive ignores."""

from django.dispatch import Signal

# Sent inside the transaction of a bulk write, which sends no post_save.
# Argument: article_ids, a list of the ids of articles written or deleted.
articles_written = Signal()

# Sent once after the last of many articles_written, when all writes are committed.
# Argument: progress, called with the numbers of articles indexed and to be indexed. An
# error that it raises stops the indexing; what is not indexed waits in the outbox.
writing_finished = Signal()
