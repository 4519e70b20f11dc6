"""What operators need: logs, health checks, compression, messages, a living indexer."""

__all__ = [
<<<<<<< HEAD
    "compression",
    "indexer_process",
    "log_format",
=======
    "indexer_process",
    "log_format",
    "log_settings",
>>>>>>> e693503 (config: make the setting of the log in a module of its own)
    "lost_archive",
    "outage_messages",
    "probes",
]
