"""Objects: classes, fields, carriers and arguments."""
