"""Pages: fonts, official layout, tables, overprint on blanks, QR. Knows nothing of the business."""
