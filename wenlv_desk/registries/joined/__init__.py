"""One firm's day (某日情况): what several registers say of a firm on a day, put together."""
