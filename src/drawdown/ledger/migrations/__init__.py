"""How a ledger's tables came to be, revision by revision; run in-process when a ledger is opened for writing.

A new one is a file in `versions` that names the one before it, and a word in `stores.opening.REVISIONS`; triggers that
it makes are named in `stores.sqlite.GUARDS` and `stores.postgresql.GUARDS`, so that verifying misses them when they are
gone. One that has been released is never changed.
"""
