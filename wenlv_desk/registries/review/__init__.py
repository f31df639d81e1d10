"""年审: campaigns (批次), cases (案件) and the counter, for 年度核验 and 年度报告 alike (domain 1.8, 2.8, 3)."""
