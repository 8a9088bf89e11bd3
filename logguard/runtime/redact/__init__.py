"""From detections to cleaned text and cleaned copies of objects."""
