"""What the archive tells whoever listens; it knows nothing of who that is."""

from django.dispatch import Signal

# Sent inside the transaction of a bulk write, which sends no post_save.
# Argument: article_ids, the ids of the articles written or deleted.
articles_written = Signal()

# Sent once after the last of many articles_written, when the writes are committed.
writing_finished = Signal()
