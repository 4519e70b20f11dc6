"""What operators see: log format, health checks, messages on failing machines."""

__all__ = ["log_format", "outage_messages", "probes"]
