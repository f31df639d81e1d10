"""Printing (印): preview, number and archive, then paper."""
