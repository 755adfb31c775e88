"""Rules of corrections: what differs, what is proposed again, who may approve, what became of it, how often it lands."""
