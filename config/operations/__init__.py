"""What operators need: logs, health checks, messages on failures, a living indexer."""

__all__ = ["indexer_process", "log_format", "lost_archive", "outage_messages", "probes"]
