"""The programme: the document that the public may see, and what differs between two of them.

Nothing here knows a database or Flask.
"""
