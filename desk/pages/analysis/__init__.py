"""The room of the analysis: any question of any form, by area and by time."""
