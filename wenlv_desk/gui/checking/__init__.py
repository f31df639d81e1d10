"""The parts of the page on which a check's signed record is entered (录入检查结果): firm, check points, the boxes of the paper."""
