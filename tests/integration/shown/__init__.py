"""What real libraries show when their things are logged: a file a library, run with its oldest and newest version.

Each file has ``PACKAGE`` and ``OLDEST``, and ``shows`` and ``hides``: from the row of the catalog to what is logged.
"""
