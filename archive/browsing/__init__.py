"""What the browse pages show: orders, sums, calendars, and the queries behind them.

Everything comes from the database, so these pages work while the index does not.
Only published articles are listed or counted.
"""
