"""Figures for publication: a timeline of events, a map of places, and the figures that are claimed.

    timeline   events (and lives) as bars            happenings  what is known of when, out of a network
                                                     calendars   axes of time and their ticks
    land_map   places on land                        places      what is known of where, out of a store
                                                     geography   land and projections; labelling, where names go
    contested  claimed figures as ranges             ranges      axes of numbers
    page       a sheet in millimetres                words       what is written on it, in each language
    writing    a figure as SVG, PDF or PNG           canvas      matplotlib without its global state

Data flow from a store to a `page.DataFigure`, which is a `matplotlib.figure.Figure`, to bytes.
"""
