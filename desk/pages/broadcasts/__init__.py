"""The room of broadcasts: written, looked at before they go out, followed, and stopped."""
