"""Quantity claims: read from a store, held against each other two by two, and explained in words.

    bounds        how a printed figure becomes a range        shares       how a ratio to another claim does
    quantities    what a quantity claim is                    reading      claims and cohorts, out of a store
    relations     how two claims stand to each other          spreads      all claims that answer one question
    wording       an explanation of each                      comparisons  the outcome as statements

No number is ever preferred, averaged or left out.
"""
