"""The parts of the import page (导入台账): choosing the file, matching its columns, the plan, what was written."""
