"""What a field, kind, record, register, workflow, operation and paper is. No Qt, no business words."""
