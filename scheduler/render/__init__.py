"""The renderings of a digest: a text, a picture, a workbook, a page for the meeting."""
