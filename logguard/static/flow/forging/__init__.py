"""Log forging (CWE-117): which text from outside reaches a log call with its line ends."""
