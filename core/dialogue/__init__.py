"""The conversation: from what somebody sent to what should happen."""
