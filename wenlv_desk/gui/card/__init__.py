"""The card of one record (一企一档): what it shows, what needs doing, the next step."""
