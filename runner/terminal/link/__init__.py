"""One socket's connection to one run, from the request to the end of the run.

`link_state.py` decides, without input or output; `run_link.py` carries the decisions out.
"""
