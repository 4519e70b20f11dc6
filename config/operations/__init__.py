"""What operators need: logs, health checks, compression, messages, a living indexer."""

__all__ = [
    "compression",
    "indexer_process",
    "log_format",
    "log_settings",
    "lost_archive",
    "outage_messages",
    "probes",
]
