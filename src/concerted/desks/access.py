from concerted.kit.access import row

#: Everybody has a desk of her own; what it shows is asked of the rooms one by one.
DESK = row("own desk", practitioner="R")
