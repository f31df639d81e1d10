"""How the screen looks: tokens, style sheet, fonts, icons."""
