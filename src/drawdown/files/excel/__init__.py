"""Missions in Excel workbooks: read, written, and brought up to date in place."""
