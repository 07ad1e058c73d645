"""The room of the reports: the list, one report, what is done about it, its pictures, exports."""
