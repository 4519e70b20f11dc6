"""The engines that are compared, each behind `Peer` and in a process of its own."""

__all__ = ["agreement", "process", "sijill", "worker"]
