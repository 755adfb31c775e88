"""What the doors for machines decide: rights of a token, cursors, idempotency, webhooks' signatures and addresses. Pure."""
