"""Work on the session that runs to its end.

Streamlit looks for a newer request whenever a script touches the session, in callbacks too. A callback met by one ends there: what the
analyst did is lost, and the request is put back over any that has come meanwhile (`SessionState._run_callback_and_record_rerun`,
Streamlit 1.67). Here the newer request waits. That holds as long as a session has one thread: `runner.fastReruns` is off in
`server.settings`, or the newer request would run beside the callback.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.runtime.scriptrunner import get_script_run_ctx


@contextmanager
def unbroken() -> Iterator[None]:
    """Let nothing end what is done meanwhile; also a decorator. A Streamlit that looks by other means is left as it is."""
    context = get_script_run_ctx(suppress_warning=True)
    state = context.session_state if context else None
    look = getattr(state, "_yield_callback", None)
    if look is None:
        yield
        return
    object.__setattr__(state, "_yield_callback", lambda: None)
    try:
        yield
    finally:
        object.__setattr__(state, "_yield_callback", look)
