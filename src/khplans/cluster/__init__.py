"""Plans made on several machines: whole folders at the address of a store, and Dask's workers."""
