"""巡查: visits of grid officers, never an administrative inspection."""
