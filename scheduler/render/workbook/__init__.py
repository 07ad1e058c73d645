"""How the workbook is written: its formats, its pages, its charts."""
