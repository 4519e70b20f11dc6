"""What operators see and need: log format, health checks, messages, a living indexer."""

__all__ = ["indexer_process", "log_format", "outage_messages", "probes"]
